"""Figures by period from a sheet of another tool: periods down a column or across a row, numbers beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cs_kpi.errors import DataError
from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.month_names import month_headers
from cs_kpi.ingest.naming.words import nfkc
from cs_kpi.ingest.values.amounts import amounts
from cs_kpi.locale import _


@dataclass(frozen=True, slots=True)
class Figures:
    """One run of numbers in a sheet: `name` as it is headed there, `values` by the period's id.

    is_percent : every cell says that it is a percentage; the values are then shares
    """

    name: str
    values: Mapping[str, float]
    is_percent: bool


def figures(name: str, data: bytes, known: Mapping[str, str]) -> list[Figures]:
    """Every run of numbers by period in a file, the longest first.

    name, data : the file as it was given
    known : texts that name a period -> its id; months are read in every style
    Raises DataError where the file cannot be read, or no cell in it names a period of `known`.
    """
    found = [one for sheet in sheets(name, data) for one in _of_cells(sheet.cells, known)]
    if not found:
        raise DataError(_("No figures by period were found in {file}. Give a table with one period per row or per "
                          "column, such as 2024-04, and the values beside it.", file=name))
    return sorted(found, key=lambda one: -len(one.values))


def _of_cells(cells: pd.DataFrame, known: Mapping[str, str]) -> list[Figures]:
    grid = cells.to_numpy(dtype=object)
    return max((_down(grid, known), _down(grid.T, known)), key=lambda found: sum(len(one.values) for one in found))


def _down(grid: np.ndarray, known: Mapping[str, str]) -> list[Figures]:
    """The runs of a table whose periods stand in the column that names the most of them."""
    columns = [_ids(grid[:, place], known) for place in range(grid.shape[1])]
    sizes = [len(set(ids.values())) for ids in columns]
    if not sizes or not max(sizes):
        return []
    of_periods = int(np.argmax(sizes))
    ids = columns[of_periods]
    rows = list(ids)
    found: list[Figures] = []
    for place in range(grid.shape[1]):
        read = amounts(pd.Series(grid[rows, place], dtype=object))
        given = ~np.isnan(read.values)
        if place != of_periods and given.any():
            values = {ids[row]: float(value) for row, value, has in zip(rows, read.values, given, strict=True) if has}
            heading = _heading(grid[:rows[0], place], len(found))
            found.append(Figures(heading, values, bool(read.is_percent[given].all())))
    return found


def _ids(column: Iterable[object], known: Mapping[str, str]) -> dict[int, str]:
    """Row -> id of the period that its cell names."""
    texts = {row: _text(cell) for row, cell in enumerate(column) if isinstance(cell, (str, dt.date))}
    months = month_headers(list(dict.fromkeys(texts.values())))
    named = {row: known.get(text) or known.get(months.get(text, "")) for row, text in texts.items()}
    return {row: period for row, period in named.items() if period}


def _text(cell: object) -> str:
    return cell.strftime("%Y-%m-%d") if isinstance(cell, dt.date) else nfkc(str(cell)).strip()


def _heading(above: Iterable[object], place: int) -> str:
    """The text nearest above a run; its number where there is none."""
    return next((str(cell).strip() for cell in reversed(list(above)) if isinstance(cell, str) and cell.strip()),
                str(place + 1))
