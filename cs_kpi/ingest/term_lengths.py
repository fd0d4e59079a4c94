"""How long terms are, where a column says so instead of an end: Term (months), 契約期間(月), 契約年数."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from cs_kpi.ingest.columns import NOT_A_NUMBER, Column
from cs_kpi.ingest.contracts import TERM_MONTHS
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.leaving import months_of_tenure
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.values.amounts import amounts
from cs_kpi.ingest.values.durations import months

LENGTH = re.compile(r"契約(?:期間|月数|年数|期間月数|期間年数)|期間|(?:contract |subscription |agreement )?"
                    r"(?:term|term length|length|duration|period)(?: in)?(?: months?| years?)?")
MOSTLY = 0.8

Columns = Mapping[str, Column]


def with_term_months(columns: Columns, area: Area, log: Log) -> dict[str, Column]:
    """The columns of contracts with the months of each term beside an amount that may be the total for it."""
    header = None if "mrr" in columns or "amount" not in columns else _length(area, columns)
    if header is None:
        return dict(columns)
    cells = area.body[header]
    told = months(cells)
    read = amounts(told)
    bare = np.array([one is other for one, other in zip(told, cells, strict=True)], dtype=bool)
    factor = months_of_tenure(header, read.values[bare], log) if bare.any() else 1.0
    values = read.values * np.where(bare, factor, 1.0)
    lengths = pd.Series(np.where(values > 0, values, np.nan), index=cells.index)
    return {**columns, TERM_MONTHS: Column(header, cells, lengths, np.zeros(len(cells), dtype=bool), NOT_A_NUMBER)}


def _length(area: Area, columns: Columns) -> str | None:
    taken = {item.header for item in columns.values()}
    return next((header for header in area.headers if header not in taken and LENGTH.fullmatch(plain(header))
                 and _are_lengths(area.body[header])), None)


def _are_lengths(cells: pd.Series) -> bool:
    read = amounts(months(cells.dropna().head(300)))
    return len(read.values) > 0 and bool((read.values > 0).mean() >= MOSTLY)
