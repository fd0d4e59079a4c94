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
    """A measure's values, and which customers they belong to; everybody else has 0."""

    who: Ints | slice
    value: np.ndarray


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
        if measure.name not in self._entries:
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
            entries, code = self.entries(measure), self.code(at)
            self._totals[key] = by_segment(entries.value, None if code is None else code[entries.who], self.size)
        return self._totals[key]

    def count(self, written: str, at: At) -> Ints:
        """How many customers have a part in a formula, in every segment."""
        terms, code = formula.terms(written), self.code(at)
        if len(terms) > 1:
            return by_segment(self.vector(written) != 0, code, self.size)
        entries = self.entries(terms[0].measure)
        return by_segment(entries.value != 0, None if code is None else code[entries.who], self.size)

    def vector(self, written: str) -> Ints:
        """The formula's value for every customer."""
        total = np.zeros(len(self.now.opening), dtype=np.int64)
        for term in formula.terms(written):
            entries = self.entries(term.measure)
            total[entries.who] += term.factor * entries.value
        return total
