"""Whether 1.234 is more than one or more than a thousand: by the column, by what stands beside it, else asked.

A column whose every point stands before three figures can be read both ways. A decimal comma elsewhere, semicolons
between fields and dates such as 31.12.2024 come from places where the point parts thousands.
"""

from __future__ import annotations

import re

import pandas as pd

from cs_kpi.fields import Field
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.values.amounts import Amounts, Mark, amounts
from cs_kpi.locale import Message, _

TOPIC = "decimal_mark"
SAMPLE = 300
AROUND = r"[-+(]?[€$£¥]?\s*(?:{})\s*(?:€|%|EUR|USD)?\)?"
COMMA = re.compile(AROUND.format(r"(?:\d+|\d{1,3}(?:[. ]\d{3})+),\d{1,2}|\d{1,3}(?:\.\d{3}){2,}"))
POINT = re.compile(AROUND.format(r"(?:\d+|\d{1,3}(?:,\d{3})+)\.\d{1,2}|\d{1,3}(?:,\d{3}){2,}"))
DOTTED_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}(?: .*)?")
WHOLE_FIELDS = {"seats", "count", "notice_days"}
"""Counts, which have no decimals."""


def read_amounts(cells: pd.Series, header: str, field: Field, area: Area, log: Log) -> Amounts:
    """The numbers of a column of the sheet, with what is to be told or asked of its points."""
    read = amounts(cells)
    if not read.example:
        return read
    mark, reason = beside(header, area, log)
    if mark == "." and field.kind == "money":
        mark = None  # prices with three decimals are rare: a decimal point beside them is not enough
    if mark is None:
        mark = _asked(header, read.example, field, log)
    elif reason:
        log.note(_("The point in numbers of column '{column}' such as {example} parts thousands, since {reason}.",
                   column=header, example=read.example, reason=reason) if mark == "," else
                 _("The point in numbers of column '{column}' such as {example} is a decimal point, since {reason}.",
                   column=header, example=read.example, reason=reason))
    return amounts(cells, mark)


def beside(header: str, area: Area, log: Log) -> tuple[Mark | None, Message | None]:
    """The decimal mark that everything beside a column speaks for, and why; None where nothing does, or both."""
    comma = point = dotted = None
    for other in area.headers:
        if other != header:
            texts = [cell for cell in area.body[other].dropna().head(SAMPLE) if isinstance(cell, str)]
            comma = comma or (other if any(map(COMMA.fullmatch, map(str.strip, texts))) else None)
            point = point or (other if any(map(POINT.fullmatch, map(str.strip, texts))) else None)
            dotted = dotted or (other if any(map(DOTTED_DATE.fullmatch, map(str.strip, texts))) else None)
    if comma and point:
        return None, None
    if comma:
        return ",", _("column '{other}' has a decimal comma", other=comma)
    if log.sheet.fields and log.sheet.fields.delimiter == ";" and not point:
        return ",", _("the fields of the file are parted by semicolons")
    if dotted and not point:
        return ",", _("column '{other}' writes its dates with points, the day first", other=dotted)
    return (".", _("column '{other}' has a decimal point", other=point)) if point else (None, None)


def _asked(header: str, example: str, field: Field, log: Log) -> Mark:
    whole, part = (int(amounts(pd.Series([example]), ",").values[0]), example)
    options = {"thousands": _("{whole}: the point parts thousands", whole=whole),
               "decimals": _("{example}: the point begins the decimals", example=part)}
    likely = "thousands" if field.kind == "money" or field.name in WHOLE_FIELDS else "decimals"
    taken = log.ask(TOPIC, header, _("How much is '{example}' in column '{column}'?", example=example, column=header),
                    options, likely)
    return "," if taken == "thousands" else "."
