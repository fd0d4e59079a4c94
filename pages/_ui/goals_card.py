"""The target of a KPI, where there is one: a line on its card, and a line in its trend."""

from __future__ import annotations

from cs_kpi.book import Book
from cs_kpi.charts.figure import Figure
from cs_kpi.charts.review import with_target
from cs_kpi.kpi.readings import Segment
from cs_kpi.periods import Period
from cs_kpi.targets.goals import Target, Wanted
from cs_kpi.targets.review_listing import marked
from pages._ui.goals_work import form_of, found_of
from pages._ui.words import _, say
from pages._ui.work import workspace


def target_of(kpi: str, convention: str, segment: Segment | None, period: Period) -> Wanted | None:
    """The target of a KPI in a period: by the same convention, of the same customers. The latest where several are."""
    known = sorted(workspace().all(Target).values(), key=lambda one: one.made_at, reverse=True)
    return next((one.now for one in known if (one.now.kpi, one.now.convention, one.now.whom) == (
        kpi, convention, segment) and one.now.value_in(period) is not None), None)


def target_line(book: Book, kpi: str, convention: str, segment: Segment | None, period: Period) -> str:
    """The target and how it stands in this period, with a sign and a word; empty where there is none."""
    wanted = None if book.is_snapshot else target_of(kpi, convention, segment, period)
    if wanted is None:
        return ""
    one = next(each for each in found_of(book, wanted) if each.period == period)
    return say(_("Target {value}: {status}", value=form_of(book).number(one.wanted, wanted.measured.unit),
                 status=marked(one.status)))


def with_line(figure: Figure, kpi: str, convention: str, segment: Segment | None, period: Period) -> Figure:
    """A trend with a line where the period's target is."""
    wanted = target_of(kpi, convention, segment, period)
    value = wanted.value_in(period) if wanted else None
    return figure if value is None else with_target(figure, value)
