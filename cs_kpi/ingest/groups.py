"""Customers named only in the first row of their group, as in reports made to be printed: the rows below are theirs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cs_kpi.ingest.naming.key_words import NAME, stem_of
from cs_kpi.ingest.naming.vocabulary import may_name_customer, names_customer
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.rows import first_rows
from cs_kpi.ingest.values.uniques import Uniques, are_plain_keys, is_nothing
from cs_kpi.locale import Message, _

FEWEST, MOST = 0.2, 0.95
"""The share of rows without a customer in such a layout."""
SURELY = 0.4
USUAL, SHARED = 0.8, 0.5
LEADING = 4
"""A customer stands in one of so many columns at the left."""


def filled_groups(body: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Message, ...]]:
    """The body of a table in which each row bears its customer, and what is to be said of it.

    body : rows of data only. Filled down are columns at the left that name the customer, all blank in the same rows,
    where each value stands once, the first row has one, and rows without one say as much as the others do.
    """
    named = [place for place, header in enumerate(body.columns[:LEADING]) if _names_customer(str(header))]
    if not named or len(body) < 4:
        return body, ()
    first = body.iloc[:, named[0]]
    if not _may_lack(first) or not first.duplicated().any():
        return body, ()
    blank = {place: _blank(body.iloc[:, place]) for place in named}
    lacking = np.logical_and.reduce(list(blank.values()))
    is_whole = all((cells == lacking).all() for cells in blank.values())
    if not is_whole or lacking[0] or not FEWEST <= lacking.mean() <= MOST or not _stand_once(body, named, lacking):
        return body, ()
    if not _say_as_much(body, lacking) or not (lacking.mean() >= SURELY or _repeat(body, named, lacking)):
        return body, ()
    result = body.copy()
    for place in named:
        result.isetitem(place, body.iloc[:, place].mask(lacking).ffill())
    columns = [str(body.columns[place]) for place in named]
    return result, (_("The customer stands only in the first row of its group in column {columns}, and was filled "
                      "down: {count} rows (row {rows}).", columns=columns, count=int(lacking.sum()),
                      rows=first_rows(body.index.to_numpy()[lacking])),)


def _may_lack(cells: pd.Series) -> bool:
    """False where a column of ids surely has too few blanks or too many; looking for repeated ones takes longer."""
    return not are_plain_keys(cells) or FEWEST <= cells.isna().mean() <= MOST


def _blank(cells: pd.Series) -> np.ndarray:
    """Whether each cell says nothing."""
    uniques = Uniques.of(cells)
    return uniques.spread(np.array([is_nothing(value) for value in uniques.values], dtype=bool), True)


def _names_customer(header: str) -> bool:
    return names_customer(header) or may_name_customer(header) or bool(stem_of(header) or NAME.fullmatch(plain(header)))


def _stand_once(body: pd.DataFrame, named: list[int], lacking: np.ndarray) -> bool:
    """Whether no customer stands in two rows: where names are repeated, a blank is a name that was forgotten."""
    return all(body.iloc[:, place][~lacking].is_unique for place in named)


def _say_as_much(body: pd.DataFrame, lacking: np.ndarray) -> bool:
    """Whether rows without a customer fill the columns that nearly all others fill, half of them at least."""
    filled = body.notna().to_numpy()
    usual = filled[~lacking].mean(axis=0) >= USUAL
    below = filled[lacking][:, usual].sum(axis=1)
    return bool(len(below) and (below >= 2).all() and below.mean() >= SHARED * (usual.sum() - 1))


def _repeat(body: pd.DataFrame, named: list[int], lacking: np.ndarray) -> bool:
    """Whether a column tells the rows of a group apart by words that other groups have as well: products, months."""
    for place in range(body.shape[1]):
        cells = body.iloc[:, place]
        if place not in named and cells.notna().all():
            below = cells[lacking]
            group = np.cumsum(~lacking)[lacking]
            apart = not pd.DataFrame({"group": group, "cell": below.astype(str).to_numpy()}).duplicated().any()
            if apart and below.nunique() <= SHARED * len(below):
                return True
    return False
