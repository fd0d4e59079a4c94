"""Charts as PNG and SVG, drawn without a browser and without fonts of the machine."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from cs_kpi.charts.figure import Figure
from cs_kpi.locale import Language
from cs_kpi.settings import MoneyUnit


def png(figure: Figure, language: Language, money_unit: MoneyUnit = "one", scale: float = 2, *, dark: bool = False) -> bytes:
    """The figure as a picture with title, subtitle and footnote; `scale` 2 is sharp on slides and in print."""
    return bytes(_renderer().vegalite_to_png(_spec(figure, language, money_unit, dark), scale=scale))


def svg(figure: Figure, language: Language, money_unit: MoneyUnit = "one", *, dark: bool = False) -> str:
    return str(_renderer().vegalite_to_svg(_spec(figure, language, money_unit, dark)))


def _spec(figure: Figure, language: Language, money_unit: MoneyUnit, dark: bool) -> str:
    from cs_kpi.charts.drawing import chart

    return chart(figure, language, dark=dark, money_unit=money_unit, for_export=True).to_json()


@cache
def _renderer():  # type: ignore[no-untyped-def]
    """vl-convert with Noto Sans CJK: without a font it draws boxes and says nothing."""
    import manimgx_fonts_cjk
    import vl_convert

    vl_convert.register_font_directory(str(Path(manimgx_fonts_cjk.__file__).parent))
    return vl_convert
