"""Charts as PNG, SVG and PDF, drawn without a browser and without fonts of the machine."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from cs_kpi.charts.figure import Figure
from cs_kpi.charts.theme import EXPORT_FONT
from cs_kpi.locale import Language
from cs_kpi.settings import MoneyUnit

SVG_FONTS = f"'{EXPORT_FONT}', 'Noto Sans JP', 'Hiragino Sans', 'Yu Gothic', Meiryo, sans-serif"


def png(figure: Figure, language: Language, money_unit: MoneyUnit = "one", scale: float = 2, *,
        dark: bool = False) -> bytes:
    """The figure as a picture with title, subtitle and footnote; `scale` 2 is sharp on slides and in print."""
    return bytes(renderer().vegalite_to_png(_spec(figure, language, money_unit, dark), scale=scale))


def svg(figure: Figure, language: Language, money_unit: MoneyUnit = "one", *, dark: bool = False) -> str:
    """The figure as vectors.

    Text stays text, so that it can be searched, copied and mended; where Noto Sans CJK is missing, the next Japanese
    font of the list takes its place. Outlines would look the same everywhere and be closed to all of that.
    """
    drawn = str(renderer().vegalite_to_svg(_spec(figure, language, money_unit, dark)))
    return drawn.replace(f'font-family="{EXPORT_FONT}"', f'font-family="{SVG_FONTS}"')


def pdf(figure: Figure, language: Language, money_unit: MoneyUnit = "one") -> bytes:
    """The figure as one page of its own size, with its fonts inside: sharp in print, and its text can be searched."""
    return bytes(renderer().vegalite_to_pdf(_spec(figure, language, money_unit, dark=False)))


def png_inside(figure: Figure, language: Language, money_unit: MoneyUnit, ratio: float, scale: float = 3) -> bytes:
    """The figure alone, as wide to high as its place on a slide, sharp enough to be enlarged there."""
    from altair.utils.schemapi import debug_mode

    from cs_kpi.charts.drawing import chart

    with debug_mode(False):  # of 60 x 60 cells the check against the grammar takes longer than the picture
        drawn = chart(figure, language, money_unit=money_unit, for_export=True, inside=ratio).to_json(validate=False)
    return bytes(renderer().vegalite_to_png(drawn, scale=scale))


def _spec(figure: Figure, language: Language, money_unit: MoneyUnit, dark: bool) -> str:
    from cs_kpi.charts.drawing import chart

    return chart(figure, language, dark=dark, money_unit=money_unit, for_export=True).to_json()


@cache
def renderer():  # type: ignore[no-untyped-def]
    """vl-convert with Noto Sans CJK JP in two weights.

    Without a font it draws boxes and says nothing; of a variable font it draws only the thinnest weight.
    """
    import noto_cjk_sans_jp_bold
    import noto_cjk_sans_jp_regular
    import vl_convert

    for package in (noto_cjk_sans_jp_regular, noto_cjk_sans_jp_bold):
        vl_convert.register_font_directory(str(Path(str(package.FONT_PATH)).parent))
    return vl_convert
