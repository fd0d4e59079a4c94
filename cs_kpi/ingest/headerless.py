"""A sheet without a header row: its columns are called A, B, C, and guessed from what stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pandas as pd

from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.looks import Looks, looks
from cs_kpi.ingest.matching import Fit
from cs_kpi.ingest.naming.vocabulary import Place, choice_words
from cs_kpi.ingest.records import SheetMapping
from cs_kpi.ingest.values.amounts import amounts
from cs_kpi.ingest.values.dates import dates
from cs_kpi.ingest.values.names import choice, ids
from cs_kpi.locale import Message, _
from cs_kpi.tables import TABLES

GUESSED = 0.5
"""How sure a field is that was guessed from content alone."""
FEWEST_ROWS, SAMPLE = 3, 3000
MOSTLY, ORDERED, DIFFERENT = 0.8, 0.95, 0.9
LARGER = 10
"""So many times any other number is an amount that needs no name to be told from them."""
ID = re.compile(r"[a-z]{1,8}[-_]?\d{1,}[a-z\d_-]*|\d{3,}", re.IGNORECASE)
CHOICES = (Place("subscriptions", "billing_interval"), Place("subscriptions", "charge_kind"),
           Place("customers", "touch_model"))
ANSWERS: dict[str, Message] = {"yes": _("Yes, read them so"), "no": _("No, leave the sheet out for now")}


def by_content(table: Area) -> dict[Place, Fit]:
    """The fields of contracts that the columns of a table without names surely look like; none where they do not.

    Needed are a column that names the customer, a start and an amount. A single column of dates is a start only where
    each customer stands there once, since it could be the day of anything else.
    """
    body = table.body.head(SAMPLE)
    if table.header_row or len(body) < FEWEST_ROWS:
        return {}
    seen = {header: found for header in table.headers if (found := looks(body[header])).filled}
    dated = [header for header, found in seen.items() if found.dates >= MOSTLY]
    rest = {header: found for header, found in seen.items() if header not in dated}
    key, name = _customer(body, rest)
    money = _amount(body, [header for header in rest if header not in (key, name) and rest[header].numbers >= MOSTLY])
    term = _term(body, dated, key or name)
    if not (key or name) or not money or not term:
        return {}
    days = zip((Place("subscriptions", "start_date"), Place("subscriptions", "end_date")), term, strict=False)
    fields = {Place("customers", "customer_id"): key or name, Place("subscriptions", "customer_id"): key or name,
              Place("customers", "customer_name"): name, Place("subscriptions", "mrr"): money,
              **dict(days), **dict(_choices(rest, {key, name, money}))}
    return {place: Fit(header, GUESSED) for place, header in fields.items() if header}


def _customer(body: pd.DataFrame, rest: dict[str, Looks]) -> tuple[str, str]:
    """The columns of ids and of names: of codes the first, of other texts the one with the most different ones."""
    codes = [header for header in rest if _share(ids(body[header]).dropna(), ID) >= MOSTLY
             and not is_counted(body[header])]
    texts = [header for header, found in rest.items() if header not in codes and found.numbers < 1 - MOSTLY
             and found.flags < MOSTLY and not any(_knows(place, found) for place in CHOICES)]
    different = {header: _different(body[header]) for header in texts}
    name = max(different, key=different.__getitem__, default="")
    if codes:
        return codes[0], name if name and different[name] >= 0.5 * _different(body[codes[0]]) else ""
    return "", name if name and different[name] >= 0.5 else ""


def _share(cells: pd.Series, pattern: re.Pattern[str]) -> float:
    return float(cells.map(lambda cell: bool(pattern.fullmatch(cell))).mean()) if len(cells) else 0.0


def is_counted(cells: pd.Series) -> bool:
    """Whether whole numbers are amounts or counts rather than codes, which are as long as each other and differ."""
    texts = ids(cells).dropna()
    is_number = _share(texts, re.compile(r"\d+")) == 1
    return is_number and (texts.str.len().nunique() > 1 or texts.str.endswith("00").mean() > 0.5
                          or _different(cells) < DIFFERENT)


def _different(cells: pd.Series) -> float:
    filled = cells.dropna()
    return filled.nunique() / len(cells) if len(filled) else 0.0


def _amount(body: pd.DataFrame, numbers: list[str]) -> str:
    """The one column of numbers, or the one whose numbers are far larger than all others."""
    values = {header: np.abs(amounts(body[header]).values) for header in numbers}
    middle = {header: float(np.median(read[np.isfinite(read)])) for header, read in values.items()
              if np.isfinite(read).any()}
    ordered = sorted(middle, key=middle.__getitem__, reverse=True)
    is_told = len(ordered) == 1 or (len(ordered) > 1 and middle[ordered[0]] >= LARGER * middle[ordered[1]])
    return ordered[0] if is_told else ""


def _term(body: pd.DataFrame, dated: list[str], key: str) -> tuple[str, ...]:
    """Start and end: of two columns of dates the one that is never later and never lacks where the other stands."""
    if len(dated) == 1:
        return (dated[0],) if key and _different(body[key]) >= DIFFERENT else ()
    days = {header: dates(body[header], is_end=True).days for header in dated}
    for one, other in combinations(dated, 2):
        for start, end in ((one, other), (other, one)):
            both = ~np.isnat(days[start]) & ~np.isnat(days[end])
            is_later = (days[start][both] <= days[end][both]).mean() if both.any() else 0.0
            if is_later >= ORDERED and (~np.isnat(days[start])).mean() >= ORDERED and (
                    days[start][both] < days[end][both]).any():
                return start, end
    return ()


def _choices(rest: dict[str, Looks], taken: set[str]) -> Iterator[tuple[Place, str]]:
    for place in CHOICES:
        header = next((header for header, found in rest.items() if header not in taken and _knows(place, found)), None)
        if header:
            taken = taken | {header}
            yield place, header


def _knows(place: Place, seen: Looks) -> bool:
    """Whether nearly all cells are words of a choice."""
    words = choice_words(place.table, place.field)
    known = sum(choice(word, words) is not None for word in seen.words)
    return known >= DIFFERENT * seen.filled and seen.numbers < MOSTLY


def confirmed(mapping: SheetMapping, log: Log) -> SheetMapping:
    """The mapping without the columns that were guessed from content alone, where the user says that they are wrong."""
    guessed = [place for place in mapping.columns if mapping.confidence.get(place, 0.0) <= GUESSED]
    if mapping.header_row or not guessed:
        return mapping
    told = {header: _("{column}: {field}", column=header, field=TABLES[table].by_name[field].label)
            for place, header in mapping.columns.items() for table, field in [place.split(".")]}
    text = _("The sheet has no header row. What its columns hold was guessed from their content: {columns}. Is that "
             "right?", columns=[told[header] for header in sorted(told, key=lambda header: (len(header), header))])
    if log.ask("no_header", mapping.sheet, text, ANSWERS, "yes") == "yes":
        return mapping
    columns = {place: header for place, header in mapping.columns.items() if place not in guessed}
    return mapping.model_copy(update={"columns": columns})
