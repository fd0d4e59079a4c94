"""Words on slides: both fonts, the language in which they are checked, and boxes without margins of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cs_kpi.charts.theme import LIGHT
from cs_kpi.charts.words import wrapped
from cs_kpi.export.canvas import Box
from cs_kpi.export.chart_xml import EDITING, LATIN_FONT, both_fonts, rgb
from cs_kpi.export.labels import within
from cs_kpi.export.plot import BOLD_ROOM, PT
from cs_kpi.locale import Language

HAIRLINE = 12_700  # EMU, one point
TITLE_LINE = 1.2  # height of a line in font sizes


def place(shape: Any, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = box


def write(shape: Any, paragraphs: Sequence[str], language: Language, size: float, colour: str, *, bold: bool = False,
          is_right: bool = False) -> None:
    """Paragraphs in both fonts, without the box's own margins."""
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.text = "\n".join(paragraphs)
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.RIGHT if is_right else PP_ALIGN.LEFT
        for run in paragraph.runs:
            run.font.size, run.font.bold, run.font.name = Pt(size), bold, LATIN_FONT
            run.font.color.rgb = rgb(colour)
            run.font._element.set("lang", EDITING[language])
    both_fonts(frame._txBody)


def fitted(title: str, box: Box, sizes: Sequence[int]) -> tuple[int, str]:
    """The first of the sizes at which a bold title fits its box, and the title, cut where none is small enough."""
    for size in sizes:
        room = box[2] / PT / size / BOLD_ROOM
        if len(wrapped(title, room)) * size * TITLE_LINE * PT <= box[3]:
            return size, title
    most = int(box[3] / PT / sizes[-1] / TITLE_LINE)
    return sizes[-1], within([title], room, most)[0].replace("\n", "")


def text_box(slide: Any, box: Box, paragraphs: Sequence[str], language: Language, size: float, colour: str, *,
             is_right: bool = False, name: str = "") -> Any:
    shape = slide.shapes.add_textbox(*box)
    write(shape, paragraphs, language, size, colour, is_right=is_right)
    if name:
        shape.name = name
    return shape


def hairline(slide: Any, left: int, top: int, width: int) -> None:
    from pptx.enum.shapes import MSO_SHAPE

    rule = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, left, top, width, HAIRLINE)
    rule.fill.solid()
    rule.fill.fore_color.rgb = rgb(LIGHT.grid)
    rule.line.fill.background()
    rule.shadow.inherit = False
    rule.name = "Hairline"


def speaker_notes(slide: Any, lines: Sequence[str], language: Language) -> None:
    frame = slide.notes_slide.notes_text_frame
    frame.text = "\n".join(line for line in lines if line)
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.name = LATIN_FONT
            run.font._element.set("lang", EDITING[language])
    both_fonts(frame._txBody)
