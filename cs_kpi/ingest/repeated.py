"""Columns with the same header: both are kept, and it is asked which of them feeds the field."""

from __future__ import annotations

import re

from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.records import SheetMapping
from cs_kpi.ingest.values.names import shown
from cs_kpi.locale import Message, _
from cs_kpi.tables import TABLES

NUMBERED = re.compile(r"(?P<name>.+) \(\d+\)")
SAMPLES = 3


def chosen(mapping: SheetMapping, table: Area, log: Log) -> SheetMapping:
    """The mapping with the column that the user says of several with the same header; the others are attributes."""
    columns, attributes = dict(mapping.columns), list(mapping.attributes)
    for header in dict.fromkeys(mapping.columns.values()):
        others = [other for other in mapping.attributes if _name(other) == _name(header)
                  and not table.body[other].equals(table.body[header])]
        places = [place for place, name in mapping.columns.items() if name == header]
        if not others:
            continue
        answer = _asked(header, others, places[-1], table, log)
        if answer != header:
            columns |= dict.fromkeys(places, answer)
            attributes = [header if name == answer else name for name in attributes]
    return mapping.model_copy(update={"columns": columns, "attributes": tuple(attributes)})


def _name(header: str) -> str:
    match = NUMBERED.fullmatch(header)
    return match["name"] if match else header


def _asked(header: str, others: list[str], place: str, table: Area, log: Log) -> str:
    options: dict[str, Message] = {
        name: _("Column '{column}', with {samples}", column=name, samples=_samples(table, name))
        for name in (header, *others)}
    name, _dot, field = place.partition(".")
    text = _("Several columns are called '{column}'. Which of them is {field}? The others are kept as attributes.",
             column=_name(header), field=TABLES[name].by_name[field].label)
    return log.ask("repeated_header", header, text, options, header)


def _samples(table: Area, header: str) -> list[str]:
    return list(dict.fromkeys(shown(cell)[:30] for cell in table.body[header].dropna().iloc[:50]))[:SAMPLES]
