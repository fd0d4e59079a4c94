"""A CSM's own ratings, which go from 1 to 5 (handbook 1); those of another scale are converted, and asked about."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cs_kpi.ingest.columns import Column
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.naming.vocabulary import choice_words
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.rows import first_rows
from cs_kpi.locale import Message, _

LOWEST, HIGHEST = 1.0, 5.0
SCALES: dict[str, Message] = {"5": _("from 1 to 5: leave the others out"), "10": _("from 0 to 10: convert them"),
                              "100": _("from 0 to 100: convert them")}
IN_WORDS: dict[str, Message] = {"yes": _("Yes, read them so"), "no": _("No, leave them out")}
MOST_WORDS = 6
FEW = 0.1
"""Where no more ratings than these lie outside of 1 to 5, they are slips."""
OUTSIDE = _("A rating goes from 1 to 5. Correct the cell and load the file again.")


def in_words(header: str, table: Area, out: np.ndarray, log: Log) -> np.ndarray:
    """Rows with ratings in words that are not to be read. The words are read as the user confirms: green as 5, red as
    1."""
    words = choice_words("pulse", "value")
    cells = table.body[header]
    said = {cell: words[plain(cell)] for cell in dict.fromkeys(cells[~out])
            if isinstance(cell, str) and plain(cell) in words and not any(map(str.isdigit, cell))}
    told = cells.isin(list(said)).to_numpy(dtype=bool) & ~out
    if not said:
        return told
    listed = [_("{word}: {value}", word=cell, value=int(value)) for cell, value in list(said.items())[:MOST_WORDS]]
    text = _("Column '{column}' rates customers in words. Shall they be read as ratings from 1 to 5 ({words})?",
             column=header, words=listed)
    return told & (log.ask("pulse_words", header, text, IN_WORDS, "yes") != "yes")


def ratings(column: Column, out: np.ndarray, log: Log) -> tuple[pd.Series, np.ndarray]:
    """Ratings from 1 to 5, and the rows whose rating lies outside of its scale.

    out : rows that are not read, and have no say
    """
    values = column.values.astype(float)
    if column.amounts is not None:
        values = values.mask(column.amounts.is_percent, values * 100)
    counted = values[~out].dropna()
    outside = ((values < LOWEST) | (values > HIGHEST)).to_numpy() & ~out
    if not outside.any():
        return values, outside
    scale = _scale(column, counted, outside, log)
    if scale > HIGHEST:
        log.note(_("The ratings of column '{column}' are converted from a scale up to {scale} to 1 to 5.",
                   column=column.header, scale=int(scale)))
        outside = ((values < 0) | (values > scale)).to_numpy() & ~out
        values = LOWEST + (HIGHEST - LOWEST) * values / scale
    log.refuse(column.cells, outside, column.header, OUTSIDE)
    return values, outside


def _scale(column: Column, counted: pd.Series, outside: np.ndarray, log: Log) -> float:
    """The scale of a column with ratings outside of 1 to 5, as the user says; no other fits a rating above 100."""
    highest = float(counted.max())
    options = {scale: said for scale, said in SCALES.items() if scale == "5" or highest <= float(scale)}
    if len(options) == 1 or counted.min() < 0:
        return HIGHEST
    likely = "5" if outside.sum() <= FEW * len(counted) else list(options)[1]
    return float(log.ask("pulse_scale", column.header, _(
        "Column '{column}' has ratings outside of 1 to 5: {count} (row {rows}). Which scale do they have?",
        column=column.header, count=int(outside.sum()), rows=first_rows(column.cells.index[outside].to_numpy())),
        options, likely))
