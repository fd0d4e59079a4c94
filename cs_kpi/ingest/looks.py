"""What the values of a column look like, and how well they fit a field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from cs_kpi.ingest.naming.vocabulary import Place, choice_words
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.values.amounts import amounts
from cs_kpi.ingest.values.dates import dates
from cs_kpi.ingest.values.discounts import percentages
from cs_kpi.ingest.values.durations import days, minutes
from cs_kpi.ingest.values.intervals import interval_of
from cs_kpi.ingest.values.names import choice, flag, of_scale, shown
from cs_kpi.ingest.values.uniques import is_not_yet, is_nothing
from cs_kpi.tables import TABLES

SAMPLE = 300
IN_WORDS = 0.9
"""Ratings in words are less surely a CSM's own than numbers."""
STATUS = Place("interactions", "status")
"""済 and 未 say how far something is, and are the words of a flag alike."""
LETTERS_OF_FLAGS = (frozenset("yn"), frozenset("tf"), frozenset("ox"))
"""Letters that mean yes and no when they stand together."""


@dataclass(frozen=True, slots=True)
class Looks:
    """Shares 0..1 of the filled cells in a sample that read as each kind.

    dates : styles that only dates have; serials : numbers that may be Excel serials or yyyymmdd
    words : the sample as plain words
    of_scales : scores with their scale, such as 4/5
    """

    filled: int
    dates: float
    serials: float
    numbers: float
    whole: float
    flags: float
    words: tuple[str, ...]
    of_scales: float = 0.0


def looks(column: pd.Series) -> Looks:
    cells = column.dropna()
    cells = cells.iloc[np.linspace(0, len(cells) - 1, min(len(cells), SAMPLE * 3)).astype(int)] if len(cells) else cells
    sample = list(islice((cell for cell in cells if not is_nothing(cell) and not is_not_yet(cell)), SAMPLE))
    if not sample:
        return Looks(0, 0, 0, 0, 0, 0, ())
    series = pd.Series(sample, dtype=object)
    read = amounts(percentages(days(minutes(series))))
    dated = dates(series, is_end=True, numbers=False, words="known")
    strict = ~np.isnat(dated.days) | dated.is_endless
    told = strict | dated.unreadable
    serial = ~np.isnat(dates(series).days) & ~strict
    words = tuple(plain(shown(cell)) for cell in sample)
    return Looks(len(sample), strict.sum() / max(told.sum(), 1), serial.mean(), (~read.unreadable).mean(),
                 (read.values == np.floor(read.values)).mean(),
                 0.0 if _are_names(cells) else sum(flag(cell) is not None for cell in sample) / len(sample), words,
                 sum(map(_is_of_scale, sample)) / len(sample))


def _are_names(cells: Iterable[Any]) -> bool:
    """Whether single letters stand for things: X beside Y are two products, Y beside N are yes and no."""
    letters = set()
    for word in (plain(shown(cell)) for cell in cells if not is_nothing(cell)):
        if len(word) != 1 or not "a" <= word <= "z":
            return False
        letters.add(word)
    return not any(letters <= pair for pair in LETTERS_OF_FLAGS)


def _is_of_scale(cell: Any) -> bool:
    return of_scale(cell) is not None


def fit(place: Place, seen: Looks) -> float:
    """How well values fit a field, as a factor on the likeness of the header: 1 where they do."""
    if not seen.filled:
        return 0.9
    kind = TABLES[place.table].by_name[place.field].kind
    if place.field == "score":
        return _share(max(seen.numbers + seen.of_scales, _known(place, seen)))
    if place.field == "value":
        return max(_share(seen.numbers), IN_WORDS * _share(_known(place, seen)) if seen.numbers < 0.3 else 0.0)
    if place.table == "surveys" and place.field == "kind":
        return _share(_known(place, seen))
    if kind == "interval" and seen.flags >= 0.9:
        return 0.15
    if kind == "interval":
        words = choice_words(place.table, place.field)
        return _share(sum(interval_of(word, words) is not None for word in seen.words) / seen.filled)
    if kind == "date":
        return _share(seen.dates + seen.serials)
    if kind in ("money", "number"):
        return _share(seen.numbers) if seen.dates < 0.8 else 0.15
    if place.field == "has_left":
        return _share(max(seen.flags, _known(place, seen)))
    if kind == "flag":
        return _share(seen.flags)
    if kind == "choice":
        return _share(max(_known(place, seen), seen.flags if place.field == "charge_kind" else 0.0))
    return 1.0 if place == STATUS and seen.dates < 0.8 and seen.numbers < 0.95 else _fit_of_words(kind, seen)


def _fit_of_words(kind: str, seen: Looks) -> float:
    """Ids and texts take nearly everything; dates, flags and measured numbers are more likely something else."""
    if seen.dates >= 0.8:
        return 0.2
    if kind == "id":
        return 0.5 if seen.numbers >= 0.9 and seen.whole < 0.9 else 1.0
    return 0.3 if seen.flags >= 0.95 else 0.6 if seen.numbers >= 0.95 else 1.0


def _share(share: float) -> float:
    return 1.0 if share >= 0.6 else 0.8 if share >= 0.3 else 0.15


def _known(place: Place, seen: Looks) -> float:
    words = choice_words(place.table, place.field)
    return sum(choice(word, words) is not None for word in seen.words) / max(seen.filled, 1)
