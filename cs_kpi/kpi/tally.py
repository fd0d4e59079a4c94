"""The sums of one period: of measures and of formulas over them, in every segment, each computed once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from cs_kpi.kpi import formula
from cs_kpi.kpi.intervals import by_segment
from cs_kpi.ledger import Ints
from cs_kpi.measures.moments import Moment, moments
from cs_kpi.measures.registry import At, Measure
from cs_kpi.measures.segments import Segmentation
from cs_kpi.periods import Period


@dataclass(frozen=True, slots=True)
class Entries:
    """A measure's values, and which customers they belong to; everybody else has 0.

    row : the contract row of each value, where rows are in segments of their own; customers then stand more than once
    """

    who: Ints | slice
    value: np.ndarray
    row: Ints | None = None


@dataclass(frozen=True)
class Tally:
    """The sums of a moment, cut by a segmentation or of everybody (one segment).

    cut : what made the segmentation, for the other moments that a KPI may ask for
    """

    now: Moment
    segments: Segmentation | None = None
    cut: Callable[[Moment], Segmentation] | None = None
    _entries: dict[str, Entries] = field(default_factory=dict)
    _totals: dict[tuple[str, At], Ints] = field(default_factory=dict)
    _codes: dict[At, Ints] = field(default_factory=dict)

    @classmethod
    def of(cls, now: Moment, cut: Callable[[Moment], Segmentation] | None) -> Tally:
        return cls(now, cut(now) if cut else None, cut)

    def others(self, periods: Sequence[Period]) -> list[Tally]:
        """The tallies of other periods of the same book, cut alike, in their order."""
        return [Tally.of(now, self.cut) for now in moments(self.now.book, periods, self.now.splits)]

    @property
    def size(self) -> int:
        """How many segments there are; the first holds those without a value."""
        return len(self.segments.names) + 1 if self.segments else 1

    def code(self, at: At) -> Ints | None:
        """The segment of every customer; None where all are in one."""
        if self.segments is None:
            return None
        if at not in self._codes:
            self._codes[at] = self.segments.codes(at)
        return self._codes[at]

    def entries(self, measure: Measure) -> Entries:
        """A movement is computed for those alone whose MRR changed."""
        if measure.name not in self._entries and measure.of_rows:
            row, value = measure.of_rows(self.now)
            self._entries[measure.name] = Entries(self.now.book.ledger.customer[row], value, row)
        elif measure.name not in self._entries:
            moment = self.now.changed if measure.moves else self.now
            self._entries[measure.name] = Entries(moment.who, measure.vector(moment))
        return self._entries[measure.name]

    def total(self, written: str, at: At) -> Ints:
        """The sum of a formula in every segment: the same sum of its measures' totals."""
        return sum((term.factor * self._total(term.measure, at) for term in formula.terms(written)),
                   np.zeros(self.size, dtype=np.int64))

    def _total(self, measure: Measure, at: At) -> Ints:
        key = measure.name, at
        if key not in self._totals:
            entries = self.entries(measure)
            self._totals[key] = by_segment(entries.value, self._code_of(entries, at), self.size)
        return self._totals[key]

    def _code_of(self, entries: Entries, at: At) -> Ints | None:
        """The segment of every entry; None where all are in one."""
        if self.segments is not None and entries.row is not None:
            assert not isinstance(entries.who, slice)
            return self.segments.codes_of_rows(entries.row, entries.who, at)
        code = self.code(at)
        return None if code is None else code[entries.who]

    def count(self, written: str, at: At) -> Ints:
        """How many customers have a part in a formula, in every segment; of what is counted by contract rows, rows."""
        terms = formula.terms(written)
        if len(terms) > 1:
            return by_segment(self.vector(written) != 0, self.code(at), self.size)
        entries = self.entries(terms[0].measure)
        return by_segment(entries.value != 0, self._code_of(entries, at), self.size)

    def sample(self, formulas: Sequence[str], at: At) -> tuple[list[Ints], Ints | None]:
        """The values of formulas, one each for every customer, and the segment of each (None: all are in one).

        A customer whose contract rows are in several segments has a value for each of these.
        """
        terms = [term for written in formulas for term in formula.terms(written)]
        if self.segments is None or self.segments.of_rows is None or not any(term.measure.of_rows for term in terms):
            return [self.vector(written) for written in formulas], self.code(at)
        everybody = np.arange(len(self.now.opening))
        keys = {}
        for entries in (self.entries(term.measure) for term in terms):
            code = self._code_of(entries, at)
            assert code is not None
            keys[id(entries)] = code * len(everybody) + everybody[entries.who]
        pairs = np.unique(np.concatenate(list(keys.values())))
        vectors = [np.zeros(len(pairs), dtype=np.int64) for _written in formulas]
        for vector, written in zip(vectors, formulas, strict=True):
            for term in formula.terms(written):
                entries = self.entries(term.measure)
                np.add.at(vector, np.searchsorted(pairs, keys[id(entries)]), term.factor * entries.value)
        return vectors, pairs // len(everybody)

    def vector(self, written: str, at: At = "movement", place: int | None = None) -> Ints:
        """The formula's value for every customer; of one segment alone where its place is given."""
        total = np.zeros(len(self.now.opening), dtype=np.int64)
        for term in formula.terms(written):
            entries = self.entries(term.measure)
            code = None if place is None else self._code_of(entries, at)
            value = entries.value if code is None else np.where(code == place, entries.value, 0)
            if isinstance(entries.who, slice):
                total[entries.who] += term.factor * value
            else:
                np.add.at(total, entries.who, term.factor * value)
        return total
