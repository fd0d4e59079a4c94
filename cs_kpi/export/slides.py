"""Charts and tables as a PowerPoint deck: one to a slide, each as an object that can be edited there."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cs_kpi.charts.amounts import amount_of
from cs_kpi.charts.description import alt_text
from cs_kpi.charts.figure import Figure
from cs_kpi.charts.tables import column_units, table
from cs_kpi.charts.theme import LIGHT
from cs_kpi.charts.words import category_names, cut, plain, wrapped
from cs_kpi.deck.content import Grid
from cs_kpi.deck.making import Page
from cs_kpi.export.canvas import Box
from cs_kpi.export.grid_table import Planned, grid_table, parts
from cs_kpi.export.native import add_chart, leaves_out
from cs_kpi.export.stage import EMU, HouseStage, Sheet, Stage
from cs_kpi.export.written import hairline, speaker_notes, text_box
from cs_kpi.locale import Language, Message, _
from cs_kpi.settings import MoneyUnit

SUBTITLE_PT, NOTE_PT = 18, 14
SUBTITLE_HEIGHT, SUBTITLE_GAP = round(0.45 * EMU), round(0.18 * EMU)
PT = 12_700  # EMU in a point
LINE = 1.35
MOST_NOTE_LINES = 4
RULE_GAP, TEXT_GAP = round(0.1 * EMU), round(0.12 * EMU)
"""Over the line above the definition, and under it."""
DESCRIBED_ROWS = 12
"""Of a table, in its alternative text."""


def deck(figures: Sequence[Figure], language: Language, money_unit: MoneyUnit = "one", *,
         notes: Mapping[str, Message | str] | None = None) -> bytes:
    """A 16:9 presentation, one slide per figure.

    notes : more words for the speaker notes, by figure id; definition and period stand there always
    """
    said = {id: plain(note, language) for id, note in (notes or {}).items()}
    pages = [Page(one.id, one, "", (said[one.id],) if one.id in said else ()) for one in figures]
    return presentation(pages, language, money_unit)


def presentation(pages: Sequence[Page], language: Language, money_unit: MoneyUnit = "one", *,
                 stage: Stage | None = None, cover: tuple[str, list[str]] | None = None,
                 progress: Callable[[float], object] = lambda _share: None) -> bytes:
    """The pages as a .pptx, on a stage of its own or the house's.

    cover : title and further lines of a first slide; progress : told the share that is done, after each page
    """
    stage = stage or HouseStage()
    title = cover[0] if cover else plain(pages[0].content.title, language) if pages else ""
    _sign(stage.presentation, title)
    if cover:
        stage.cover(*cover, language)
    for place, page in enumerate(pages, 1):
        if isinstance(page.content, Figure):
            _chart_slide(stage, page, page.content, language, money_unit)
        else:
            _table_slides(stage, page, page.content, language)
        progress(place / len(pages))
    file = io.BytesIO()
    stage.presentation.save(file)
    return file.getvalue()


def _chart_slide(stage: Stage, page: Page, figure: Figure, language: Language, money_unit: MoneyUnit) -> None:
    title = plain(figure.title, language)
    sheet = stage.sheet(title, language)
    box = _around(stage, sheet, page, figure.subtitle, footer_text(figure, language), language)
    shape = add_chart(sheet.slide, figure, language, money_unit, box)
    said = alt_text(figure, language, money_unit)
    _describe(shape, title, said)
    words = [title, plain(figure.subtitle, language) if figure.subtitle else "", footer_text(figure, language),
             page.note, *page.speaker, said]
    if leaves_out(figure, language, money_unit, box):
        words.append(_as_lines(figure, language, money_unit))
    _finish(stage, sheet, shape, words, language)


def _table_slides(stage: Stage, page: Page, grid: Grid, language: Language) -> None:
    """The table on as many slides as it needs; the team's note on the first."""
    sheet_width, height = _room(stage, page, grid)
    pieces = list(parts(grid, language, sheet_width, height))
    for place, (piece, plan) in enumerate(pieces):
        title = plain(grid.title, language)
        if len(pieces) > 1:
            title = _("{title} ({place} of {count})", title=title, place=place + 1, count=len(pieces)).text(language)
        sheet = stage.sheet(title, language)
        own = page if place == 0 else replace(page, note="")
        box = _around(stage, sheet, own, grid.subtitle, grid_footer(grid, language), language)
        shape = grid_table(sheet.slide, piece, plan, language, box)
        said = _grid_words(piece, plan, title, language)
        _describe(shape, title, said)
        _finish(stage, sheet, shape, [title, plain(grid.subtitle, language) if grid.subtitle else "",
                                      grid_footer(grid, language), own.note, *page.speaker], language)


def _room(stage: Stage, page: Page, grid: Grid) -> tuple[int, int]:
    """Width and height that a table finds under title, subtitle and note, over its footer."""
    _left, _top, width, height = stage.inner
    top, bottom, note = _heights(stage, page, width, has_subtitle=grid.subtitle is not None)
    return width, height - top - bottom - note


def _around(stage: Stage, sheet: Sheet, page: Page, subtitle: Message | None, footer: str, language: Language) -> Box:
    """Subtitle, the team's note and footer on the slide; returns the place that is left between them."""
    left, top, width, height = sheet.inner
    above, below, note = _heights(stage, page, width, has_subtitle=subtitle is not None)
    if subtitle:
        words = cut(plain(subtitle, language), width / PT / SUBTITLE_PT / 1.04)
        text_box(sheet.slide, (left, top, width, SUBTITLE_HEIGHT), [words], language, SUBTITLE_PT, LIGHT.muted,
                 name="Subtitle")
    if note:
        place = (left, top + height - below - note, width, note)
        text_box(sheet.slide, place, _shown_note(page.note, width), language, NOTE_PT, LIGHT.ink, name="Note")
    _footer(stage, sheet, footer, language, (left, top + height - below, width, below))
    return left, top + above, width, height - above - below - note


def _heights(stage: Stage, page: Page, width: int, *, has_subtitle: bool) -> tuple[int, int, int]:
    """Of the subtitle with what is kept free under it, of the footer, and of the note."""
    footer = round(stage.footer_lines * stage.footer_pt * LINE * PT) + RULE_GAP + TEXT_GAP
    lines = min(len(_note_lines(page.note, width)), MOST_NOTE_LINES)
    note = (lines * NOTE_PT * LINE + 8) * PT if lines else 0
    is_kept_free = stage.keeps_subtitle_free and isinstance(page.content, Figure)
    above = SUBTITLE_HEIGHT + SUBTITLE_GAP if has_subtitle or is_kept_free else SUBTITLE_GAP
    return above, footer, round(note)


def _note_lines(note: str, width: int) -> list[str]:
    return [line for paragraph in note.splitlines() if paragraph.strip()
            for line in wrapped(plain(paragraph, "en"), width / PT / NOTE_PT / 1.08)]


def _shown_note(note: str, width: int) -> list[str]:
    """The note's paragraphs as they are where they fit; else its first lines, and all of it in the speaker notes."""
    lines = _note_lines(note, width)
    if len(lines) <= MOST_NOTE_LINES:
        return [plain(paragraph, "en") for paragraph in note.splitlines() if paragraph.strip()]
    return [*lines[:MOST_NOTE_LINES - 1], lines[MOST_NOTE_LINES - 1] + "…"]


def _footer(stage: Stage, sheet: Sheet, text: str, language: Language, box: Box) -> None:
    """A hairline, then period, definition and n; what does not fit stands in the notes."""
    left, top, width, height = box
    top, height = top + RULE_GAP, height - RULE_GAP
    hairline(sheet.slide, left, top, width)
    if sheet.number:
        number = str(len(stage.presentation.slides))
        text_box(sheet.slide, sheet.number, [number], language, stage.footer_pt, LIGHT.muted, is_right=True,
                 name="Number")
        width -= round(0.7 * EMU)
    lines = wrapped(text, width / PT / stage.footer_pt / 1.08)
    kept = (" " if language == "en" else "").join(lines[:stage.footer_lines])
    text_box(sheet.slide, (left, top + TEXT_GAP, width, height - TEXT_GAP),
             [kept + ("…" if len(lines) > stage.footer_lines else "")], language, stage.footer_pt, LIGHT.muted,
             name="Definition")


def _describe(shape: Any, title: str, said: str) -> None:
    shape._element.xpath(".//p:cNvPr")[0].set("descr", said)
    shape.name = title


def _finish(stage: Stage, sheet: Sheet, shape: Any, words: Sequence[str], language: Language) -> None:
    """The chart takes its placeholder's place; every name on the slide is there once; the notes are written."""
    if sheet.placeholder is not None:
        sheet.placeholder.taken_by(shape)
    seen: dict[str, int] = {}
    for one in sheet.slide.shapes:
        seen[one.name] = seen.get(one.name, 0) + 1
        if seen[one.name] > 1:
            one.name = f"{one.name} ({seen[one.name]})"
    speaker_notes(sheet.slide, words, language)
    stage.finish(sheet)


def footer_text(figure: Figure, language: Language) -> str:
    """Period, definition and n, and which periods are not complete yet."""
    names = category_names(figure, language)
    unfinished = [names[i] for i in sorted(figure.incomplete) if i < len(names)]
    said = [plain(figure.period, language), plain(figure.footnote, language)]
    if unfinished:
        said.append(_("Not complete yet: {periods}.", periods=unfinished).text(language))
    return " · ".join(part for part in said if part)


def grid_footer(grid: Grid, language: Language) -> str:
    return " · ".join(part for part in (plain(grid.period, language), plain(grid.footnote, language)) if part)


def _grid_words(grid: Grid, plan: Planned, title: str, language: Language) -> str:
    """A table in words: how large it is, and its first rows."""
    size = _("Table with {rows} rows and {columns} columns: {heads}.", rows=len(plan.rows), columns=len(grid.heads),
             heads=list(grid.heads)).text(language)
    rows = [" | ".join(row) for row in grid.rows[:DESCRIBED_ROWS]]
    return "\n".join([title, size, *(plain(row, language) for row in rows)])


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


def _sign(presentation: Any, title: str) -> None:
    """The built-in template names its own author; a deck names its first slide and nobody."""
    properties = presentation.core_properties
    properties.title = title[:255]
    properties.author = properties.last_modified_by = properties.keywords = properties.comments = ""
