"""Figures as a PowerPoint deck: one figure a slide, with a chart that can be edited there."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from cs_kpi.charts.amounts import amount_of
from cs_kpi.charts.description import alt_text
from cs_kpi.charts.figure import Figure
from cs_kpi.charts.tables import column_units, table
from cs_kpi.charts.theme import LIGHT
from cs_kpi.charts.words import category_names, plain, width_em, wrapped
from cs_kpi.export.chart_xml import EAST_ASIAN_FONT, LATIN_FONT, both_fonts, rgb
from cs_kpi.export.native import add_chart, leaves_out
from cs_kpi.locale import Language, Message, _
from cs_kpi.settings import MoneyUnit

EMU = 914_400  # in an inch
WIDTH, HEIGHT = round(13.333 * EMU), round(7.5 * EMU)  # 16 : 9
MARGIN = round(0.6 * EMU)
INNER = WIDTH - 2 * MARGIN
TITLE_PT, SUBTITLE_PT, FOOTER_PT = 28, 18, 12
BOX = (MARGIN, round(1.65 * EMU), INNER, round(4.75 * EMU))
FOOTER_LINES = 3
HAIRLINE = 12_700  # EMU, one point
TITLE_ONLY_LAYOUT = 5
EDITING = {"ja": "ja-JP", "en": "en-US"}


def deck(figures: Sequence[Figure], language: Language, money_unit: MoneyUnit = "one", *,
         notes: Mapping[str, Message | str] | None = None) -> bytes:
    """A 16:9 presentation, one slide per figure.

    notes : more words for the speaker notes, by figure id; definition and period stand there always
    """
    from pptx import Presentation
    from pptx.util import Emu

    presentation = Presentation()
    _widen(presentation)
    presentation.slide_width, presentation.slide_height = Emu(WIDTH), Emu(HEIGHT)
    _house_fonts(presentation)
    _sign(presentation, figures, language)
    for number, figure in enumerate(figures, 1):
        _slide(presentation, figure, language, money_unit, (notes or {}).get(figure.id), number)
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


def _slide(presentation: Any, figure: Figure, language: Language, money_unit: MoneyUnit, note: Message | str | None,
           number: int) -> None:
    slide = presentation.slides.add_slide(presentation.slide_layouts[TITLE_ONLY_LAYOUT])
    title = plain(figure.title, language)
    size = TITLE_PT if width_em(title) * TITLE_PT * 12_700 <= INNER else TITLE_PT - 6
    _place(slide.shapes.title, MARGIN, 0.42, INNER, 0.62)
    _write(slide.shapes.title, title, language, size, LIGHT.ink, bold=True)
    if figure.subtitle:
        subtitle = slide.shapes.add_textbox(0, 0, 0, 0)
        _place(subtitle, MARGIN, 1.02, INNER, 0.45)
        _write(subtitle, plain(figure.subtitle, language), language, SUBTITLE_PT, LIGHT.muted)
    shape = add_chart(slide, figure, language, money_unit, BOX)
    shape._element.xpath(".//p:cNvPr")[0].set("descr", alt_text(figure, language, money_unit))
    shape.name = title
    _footer(slide, figure, language, number)
    _notes(slide, figure, language, money_unit, note)


def _place(shape: Any, x: int, y_inch: float, width: int, height_inch: float) -> None:
    shape.left, shape.top, shape.width, shape.height = x, round(y_inch * EMU), width, round(height_inch * EMU)


def _write(shape: Any, text: str, language: Language, size: float, colour: str, *, bold: bool = False,
           is_right: bool = False) -> None:
    """One paragraph in both fonts, without the box's own margins."""
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.text = text
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if is_right else PP_ALIGN.LEFT
    for run in paragraph.runs:
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, LATIN_FONT
        run.font.color.rgb = rgb(colour)
        run.font._element.set("lang", EDITING[language])
    both_fonts(frame._txBody)


def _footer(slide: Any, figure: Figure, language: Language, number: int) -> None:
    """A hairline, then period, definition and n; what does not fit stands in the notes."""
    top = 6.5
    _hairline(slide, top)
    width = INNER - round(0.7 * EMU)
    lines = wrapped(footer_text(figure, language), width / 12_700 / FOOTER_PT / 1.08)
    kept = " ".join(lines[:FOOTER_LINES]) if language == "en" else "".join(lines[:FOOTER_LINES])
    box = slide.shapes.add_textbox(0, 0, 0, 0)
    _place(box, MARGIN, top + 0.12, width, 0.66)
    _write(box, kept + ("…" if len(lines) > FOOTER_LINES else ""), language, FOOTER_PT, LIGHT.muted)
    page = slide.shapes.add_textbox(0, 0, 0, 0)
    _place(page, WIDTH - MARGIN - round(0.6 * EMU), top + 0.12, round(0.6 * EMU), 0.3)
    _write(page, str(number), language, FOOTER_PT, LIGHT.muted, is_right=True)


def _hairline(slide: Any, top_inch: float) -> None:
    from pptx.enum.shapes import MSO_SHAPE

    rule = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, MARGIN, round(top_inch * EMU), INNER, HAIRLINE)
    rule.fill.solid()
    rule.fill.fore_color.rgb = rgb(LIGHT.grid)
    rule.line.fill.background()
    rule.shadow.inherit = False
    rule.name = "Hairline"


def footer_text(figure: Figure, language: Language) -> str:
    """Period, definition and n, and which periods are not complete yet."""
    names = category_names(figure, language)
    unfinished = [names[i] for i in sorted(figure.incomplete) if i < len(names)]
    said = [plain(figure.period, language), plain(figure.footnote, language)]
    if unfinished:
        said.append(_("Not complete yet: {periods}.", periods=unfinished).text(language))
    return " · ".join(part for part in said if part)


def _notes(slide: Any, figure: Figure, language: Language, money_unit: MoneyUnit, note: Message | str | None) -> None:
    words = [plain(figure.title, language), plain(figure.subtitle, language) if figure.subtitle else "",
             footer_text(figure, language), plain(note, language) if note else "",
             alt_text(figure, language, money_unit)]
    if leaves_out(figure, language, money_unit, BOX):
        words.append(_as_lines(figure, language, money_unit))
    frame = slide.notes_slide.notes_text_frame
    frame.text = "\n".join(word for word in words if word)
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.name = LATIN_FONT
            run.font._element.set("lang", EDITING[language])
    both_fonts(frame._txBody)


def _as_lines(figure: Figure, language: Language, money_unit: MoneyUnit) -> str:
    """The table in words, a line per row, for what the slide cannot show."""
    frame, units = table(figure, language, money_unit), column_units(figure, language, money_unit)

    def said(head: str, value: Any) -> str:
        if head not in units:
            return str(value)
        is_scaled = units[head] == "money"  # the table has divided it, and its head says by what
        return amount_of(value, "ratio" if is_scaled and money_unit != "one" else units[head], figure, language)
    rows = [" | ".join(said(head, value) for head, value in zip(frame.columns, row, strict=True))
            for row in frame.itertuples(index=False, name=None)]
    return "\n".join([" | ".join(frame.columns), *rows])


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


def _sign(presentation: Any, figures: Sequence[Figure], language: Language) -> None:
    """The built-in template names its own author; a deck names its first figure and nobody."""
    properties = presentation.core_properties
    properties.title = plain(figures[0].title, language)[:255] if figures else ""
    properties.author = properties.last_modified_by = properties.keywords = properties.comments = ""
