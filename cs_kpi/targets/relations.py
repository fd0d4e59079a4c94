"""Which KPIs move with the KGI, which do not, and which targets pull against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from cs_kpi.book import Book
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.formula import terms
from cs_kpi.kpi.readings import readings, selected
from cs_kpi.kpi.registry import Kpi, chosen
from cs_kpi.periods import Period
from cs_kpi.targets.correlation import FEWEST, LAGS, Correlation, correlations, held_back
from cs_kpi.targets.history import complete_months

Verdict = Literal["with", "against", "none", "unclear", "short", "same", "still"]
WEAK = 0.5
"""An interval inside +-0.5 says that a KPI does not move with another: less than a quarter of what one does."""
MOVED_BY_ALL = frozenset({"new", "reactivation", "expansion", "contraction", "churn"})
_CHURN, _EXPANSION = frozenset({"churn"}), frozenset({"expansion"})
EVENTS: dict[str, frozenset[str]] = {
    "left": _CHURN, "stayed": _CHURN, "renewed_terms": _CHURN, "renewed_mrr": _CHURN,
    "losses_in_window": frozenset({"churn", "contraction"}), "is_new": frozenset({"new"}),
    "is_reactivated": frozenset({"reactivation"}), "is_expanded": _EXPANSION, "upsell": _EXPANSION,
    "cross_sell": _EXPANSION, "opening_mrr": frozenset(), "closing_mrr": MOVED_BY_ALL, "is_customer": MOVED_BY_ALL}
"""Which movements a measure counts, where that is not its own name."""


@dataclass(frozen=True, slots=True)
class Relation:
    """How a KPI moves with the KGI; signs are those of *better*: above 0, both get better together.

    found : the strongest correlation of all lags (the KPI first); None where history is too short
    verdict : same: both count the same movements, so that they move together by definition; still: one of both never
        changed, however long the history
    """

    kpi: str
    kgi: str
    found: Correlation | None
    verdict: Verdict


def relations(book: Book, kgi: str, kpis: Sequence[str] | None = None) -> list[Relation]:
    """Every available KPI (or those of `kpis`) against the KGI, over the complete months; the strongest first."""
    names = [name for name in kpis or KPIS if name != kgi]
    runs = _runs(book, [kgi, *names])
    tested = [name for name in names if name in runs and kgi in runs]
    found = {name: _strongest(correlations(runs[name], runs[kgi], LAGS)) for name in tested}
    all_judged = _judged(book, [(name, kgi, found[name], len(LAGS)) for name in tested])
    rests = {name for name in tested if is_still(runs[name]) or is_still(runs[kgi])}
    told = (replace(one, verdict="still") if one.verdict == "short" and one.kpi in rests else one for one in all_judged)
    return sorted(told, key=lambda one: (_RANK.index(one.verdict), -abs(one.found.r) if one.found else 0.0))


def is_still(run: Sequence[float | None]) -> bool:
    """Whether a KPI was known for long enough, and was the same all the time."""
    known = [value for value in run if value is not None]
    return len(known) > FEWEST and len(set(known)) == 1


def contradictions(book: Book, kpis: Sequence[str]) -> list[Relation]:
    """Pairs of KPIs of which one has got worse in the months in which the other got better; the strongest first."""
    runs = _runs(book, list(dict.fromkeys(kpis)))
    pairs = [(one, other, _strongest(correlations(runs[one], runs[other], (0,))), 1)
             for one, other in combinations(runs, 2)]
    found = [one for one in _judged(book, pairs, apart=False) if one.verdict == "against"]
    return sorted(found, key=lambda one: one.found.r if one.found else 0.0)


_RANK: tuple[Verdict, ...] = ("with", "against", "none", "unclear", "same", "still", "short")


def _judged(book: Book, pairs: Sequence[tuple[str, str, Correlation | None, int]], apart: bool = True
            ) -> list[Relation]:
    """All pairs at once: what stands out has to, among as many as are looked at, lags included.

    apart : pairs that move together by definition are told as such, and are none of those that are looked at
    """
    same = [apart and bool(_counted(book, one) & _counted(book, other)) for one, other, _found, _lags in pairs]
    looked_at = [place for place, (_one, _other, found, _lags) in enumerate(pairs) if found and not same[place]]
    ps = [min(1.0, found.p * lags) for _one, _other, found, lags in (pairs[place] for place in looked_at) if found]
    stands = {place for place, kept in zip(looked_at, held_back(ps), strict=True) if kept}
    return [Relation(one, other, found, "same" if same[place] else _verdict(found, place in stands))
            for place, (one, other, found, _lags) in enumerate(pairs)]


def _verdict(found: Correlation | None, stands: bool) -> Verdict:
    if found is None:
        return "short"
    if stands:
        return "with" if found.r > 0 else "against"
    return "none" if found.low > -WEAK and found.high < WEAK else "unclear"


def _counted(book: Book, name: str) -> frozenset[str]:
    return counts(chosen(name, book.settings))


def counts(kpi: Kpi) -> frozenset[str]:
    """The movements that a KPI counts; of other KPIs the measures of their numerators."""
    found: set[str] = set()
    for side, written in kpi.sides.items():
        for term in terms(written):
            name = term.measure.name
            if side.endswith("numerator"):
                found |= EVENTS.get(name, {name})
            elif name in MOVED_BY_ALL:
                found.add(name)
    return frozenset(found)


def _strongest(found: Sequence[Correlation]) -> Correlation | None:
    return max(found, key=lambda one: abs(one.r), default=None)


def _runs(book: Book, names: Sequence[str]) -> dict[str, list[float | None]]:
    """The value of every KPI that is available in every complete month, turned so that up is better."""
    months: list[Period] = complete_months(book)
    if not months:
        return {}
    runs: dict[str, list[float | None]] = {name: [] for name in names}
    better = {kpi.id: 1.0 if kpi.better == "up" else -1.0 for kpi in selected(book, list(names))}
    lacks: set[str] = set()
    for one in readings(book, months, list(names), intervals=False):
        if one.status == "not_available":
            lacks.add(one.kpi)
        is_known = one.value is not None and one.status != "incomplete"
        runs[one.kpi].append(better[one.kpi] * one.value if is_known and one.value is not None else None)
    return {name: run for name, run in runs.items() if name not in lacks}
