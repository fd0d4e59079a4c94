"""What the command `map` prints for people: each sheet, its columns and fields, what was refused and noted."""

from __future__ import annotations

from collections.abc import Sequence

from cs_kpi.console import clipped, one_line, table
from cs_kpi.ingest import wide_columns
from cs_kpi.ingest.records import Refusal, SheetReading
from cs_kpi.locale import Language, _, shown
from cs_kpi.locale.formats import formatted
from cs_kpi.tables import MILESTONES, TABLES

MOST_REFUSED = 20
"""More refused cells than these are counted, not listed, where people read."""
WIDEST_SAMPLES = 60


def understood(reading: SheetReading, language: Language) -> str:
    """One sheet for people: what it is, which column is which field, what was refused, what was noted."""
    mapping = reading.mapping
    names = [TABLES[name].label for name in mapping.tables]
    found = _("{tables}; header in row {row}; {read} rows read, {refused} refused", tables=names,
              row=mapping.header_rows, read=reading.rows_read, refused=reading.rows_refused)
    if not mapping.header_row:
        found = _("{tables}; no header row; {read} rows read, {refused} refused", tables=names, read=reading.rows_read,
                  refused=reading.rows_refused)
    state = found if names else _("no table was recognised")
    head = f"{one_line(mapping.file)} / {one_line(mapping.sheet)}: {state.text(language)}"
    parts = [head]
    if names:
        parts.append(_columns(reading, language))
    if mapping.attributes:
        parts.append(_("Kept as attributes: {columns}", columns=mapping.attributes).text(language))
    parts += [f"- {one_line(note.text(language))}" for note in reading.notes]
    if reading.refusals:
        parts.append(_cells(reading.refusals, language))
    if reading.blanks:
        parts.append(_("Cells that could not be read and were left blank:").text(language))
        parts.append(_cells(reading.blanks, language))
    return "\n".join(parts)


def _columns(reading: SheetReading, language: Language) -> str:
    rows = []
    for place, header in reading.mapping.columns.items():
        name, _dot, field = place.partition(".")
        sure = formatted(reading.mapping.confidence.get(place), "share", language)
        samples = clipped(shown(list(reading.samples.get(header, ())), language), WIDEST_SAMPLES)
        rows.append([header, TABLES[name].label.text(language), TABLES[name].by_name[field].label.text(language), sure,
                     samples])
    rows += _sideways(reading, language)
    header_row = (_("Column"), _("Table"), _("Field"), _("Confidence"), _("Sample values"))
    return table([word.text(language) for word in header_row], rows, right=[3])


def _sideways(reading: SheetReading, language: Language) -> list[list[str]]:
    """A line for the months of one measure, for each milestone and for each further answer."""
    rows = []
    for headers, place, more in wide_columns.described(reading.mapping):
        name = " – ".join(dict.fromkeys((headers[0], headers[-1])))
        what = MILESTONES.by_name["milestone"].label if place == wide_columns.MILESTONE else wide_columns.LABELS[place]
        label = f"{what.text(language)}: {more}" if more else what.text(language)
        samples = clipped(shown(list(reading.samples.get(headers[0], ())), language), WIDEST_SAMPLES)
        rows.append([name, TABLES[wide_columns.table_of(place)].label.text(language), label, "", samples])
    return rows


def _cells(cells: Sequence[Refusal], language: Language) -> str:
    rows = [[str(one.row), one.column, one.value, one.reason.text(language)] for one in cells]
    header = (_("Row"), _("Column"), _("Value"), _("Reason"))
    listed = table([word.text(language) for word in header], rows[:MOST_REFUSED], right=[0])
    more = len(rows) - MOST_REFUSED
    return listed if more <= 0 else listed + "\n" + _("... and {count} more; all of them with --format json.",
                                                      count=more).text(language)
