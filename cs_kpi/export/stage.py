"""Where things stand on a slide: our own layout, or that of a company's template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from cs_kpi.charts.theme import LIGHT
from cs_kpi.export.canvas import Box
from cs_kpi.export.chart_xml import EAST_ASIAN_FONT, LATIN_FONT, rgb
from cs_kpi.export.written import fitted, place, write
from cs_kpi.locale import Language

EMU = 914_400  # in an inch
WIDTH, HEIGHT = round(13.333 * EMU), round(7.5 * EMU)  # 16 : 9
MARGIN = round(0.6 * EMU)
INNER = WIDTH - 2 * MARGIN
TITLE_PTS, COVER_PTS = (28, 24, 22, 20, 18), (40, 32, 28, 24)
TITLE_SLIDE_LAYOUT, TITLE_ONLY_LAYOUT = 0, 5


@dataclass(frozen=True, slots=True)
class Sheet:
    """A new slide. inner : everything below the title that may be filled
    number : where the number of the slide is to be written; None: the layout writes it
    placeholder : what a chart or table takes the place of; None: it stands freely
    """

    slide: Any
    inner: Box
    number: Box | None = None
    placeholder: Any = None


class Stage(Protocol):
    """A presentation under way.

    inner : what is below the titles of its slides; keeps_subtitle_free : charts begin at one height on all slides
    footer_lines, footer_pt : of the definition under a chart
    """

    presentation: Any
    inner: Box
    keeps_subtitle_free: bool
    footer_lines: int
    footer_pt: int

    def cover(self, title: str, lines: list[str], language: Language) -> None:
        """Add the first slide."""

    def sheet(self, title: str, language: Language) -> Sheet:
        """Add a slide with this title."""

    def finish(self, sheet: Sheet) -> None:
        """Called when everything stands on the slide."""


class HouseStage:
    """Our own look, 16 : 9, on the master that comes with python-pptx."""

    inner: Box = (MARGIN, round(1.02 * EMU), INNER, round(6.28 * EMU))
    keeps_subtitle_free = True
    footer_lines, footer_pt = 3, 12

    def __init__(self) -> None:
        from pptx import Presentation
        from pptx.util import Emu

        self.presentation: Any = Presentation()
        _widen(self.presentation)
        self.presentation.slide_width, self.presentation.slide_height = Emu(WIDTH), Emu(HEIGHT)
        _house_fonts(self.presentation)

    def cover(self, title: str, lines: list[str], language: Language) -> None:
        from pptx.enum.shapes import MSO_SHAPE

        slide = self.presentation.slides.add_slide(self.presentation.slide_layouts[TITLE_SLIDE_LAYOUT])
        bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, MARGIN, round(2.2 * EMU), round(0.12 * EMU), round(2.9 * EMU))
        bar.fill.solid()
        bar.fill.fore_color.rgb = rgb(LIGHT.roles["accent"])
        bar.line.fill.background()
        bar.shadow.inherit = False
        bar.name = "Accent"
        left, width = MARGIN + round(0.4 * EMU), INNER - round(0.4 * EMU)
        box = (left, round(2.15 * EMU), width, round(1.6 * EMU))
        size, shown = fitted(title, box, COVER_PTS)
        place(slide.shapes.title, box)
        write(slide.shapes.title, [shown], language, size, LIGHT.ink, bold=True)
        place(slide.placeholders[1], (left, round(3.9 * EMU), width, round(1.25 * EMU)))
        write(slide.placeholders[1], lines, language, 18, LIGHT.muted)

    def sheet(self, title: str, language: Language) -> Sheet:
        slide = self.presentation.slides.add_slide(self.presentation.slide_layouts[TITLE_ONLY_LAYOUT])
        box = (MARGIN, round(0.42 * EMU), INNER, round(0.62 * EMU))
        size, shown = fitted(title, box, TITLE_PTS)
        place(slide.shapes.title, box)
        write(slide.shapes.title, [shown], language, size, LIGHT.ink, bold=True)
        number = (WIDTH - MARGIN - round(0.6 * EMU), round(6.62 * EMU), round(0.6 * EMU), round(0.3 * EMU))
        return Sheet(slide, self.inner, number)

    def finish(self, sheet: Sheet) -> None:
        """Nothing is left to do."""


def _widen(presentation: Any) -> None:
    """The built-in master is 4:3; its placeholders are spread to 16:9 so that a reset slide looks right."""
    factor = WIDTH / presentation.slide_width
    for owner in (presentation.slide_master, *presentation.slide_layouts):
        for shape in owner.shapes:
            if shape.element.xpath(".//a:xfrm"):
                shape.left, shape.width = round(shape.left * factor), round(shape.width * factor)


def _house_fonts(presentation: Any) -> None:
    """Fonts and colours of the theme, so that what the team adds by hand looks the same."""
    import re

    from pptx.opc.constants import RELATIONSHIP_TYPE

    part = presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = part.blob.decode("utf-8")
    theme = re.sub(r'<a:latin typeface="[^"]*"/><a:ea typeface=""/>',
                   f'<a:latin typeface="{LATIN_FONT}"/><a:ea typeface="{EAST_ASIAN_FONT}"/>', theme)
    theme = re.sub(r'(script="Jpan" typeface=)"[^"]*"', rf'\1"{EAST_ASIAN_FONT}"', theme)
    roles = ("accent", "expansion", "contraction", "churn", "reactivation", "second")
    for n, role in enumerate(roles, 1):
        theme = re.sub(rf"(<a:accent{n}><a:srgbClr val=)\"\w+\"", rf'\1"{LIGHT.roles[role].lstrip("#")}"', theme)  # type: ignore[index]
    part._blob = theme.encode("utf-8")
