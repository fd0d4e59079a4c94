"""The figures of a report: those that this book can tell of, and the reasons of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from cs_kpi.book import Book
from cs_kpi.charts.cohorts import Of, cohort_heatmap
from cs_kpi.charts.figure import Figure
from cs_kpi.charts.retention import reason_bars, stated_reasons
from cs_kpi.charts.revenue import bridge, layers, movement_bars, span_label, trend
from cs_kpi.charts.segments import by_segment
from cs_kpi.charts.staying import survival_curves
from cs_kpi.deck.registry import Group
from cs_kpi.errors import DataError
from cs_kpi.export.report import Drawn, Lacking, Scope
from cs_kpi.export.report_further import further_figures
from cs_kpi.kpi.readings import missing
from cs_kpi.kpi.registry import KPIS
from cs_kpi.locale import Language, Message, _
from cs_kpi.retention.cohorts import cohorts
from cs_kpi.retention.staying import obstacle, stays
from cs_kpi.settings import MoneyUnit

NO_VALUE_YET = _("There is no value of it in these periods.")
NO_REASONS = _("Nobody stated a reason in these periods.")
NO_COHORTS = _("No customer's start month is over yet.")
NO_DATES = _("A list without dates does not tell of it.")


@dataclass(frozen=True, slots=True)
class _Pen:
    book: Book
    scope: Scope
    language: Language
    money_unit: MoneyUnit

    def trend(self, *kpis: str, title: Message | None = None) -> Figure:
        lacks = [reason for kpi in kpis if (reason := missing(self.book, KPIS[kpi]))]
        if lacks:
            raise DataError(lacks[0])
        if self.book.is_snapshot:
            raise DataError(NO_DATES)
        return trend(self.book, kpis, self.scope.run, self.language, self.scope.segment, title, self.money_unit)

    def movements(self) -> Figure:
        if self.book.is_snapshot:
            raise DataError(NO_DATES)
        return movement_bars(self.book, self.scope.run, self.language, self.scope.segment, self.money_unit)

    def bridge(self) -> Figure:
        return bridge(self.book, self.scope.period, self.language, self.scope.segment, self.money_unit)

    def layers(self) -> Figure:
        if self.book.is_snapshot:
            raise DataError(NO_DATES)
        return layers(self.book, self.scope.run, self.language, self.scope.segment)

    def segments(self) -> Figure:
        if lacks := missing(self.book, KPIS["customer_churn_rate"]):
            raise DataError(lacks)
        if self.scope.by is None:
            raise DataError(NO_VALUE_YET)
        return by_segment(self.book, "customer_churn_rate", self.scope.period, self.scope.by, self.language)

    def cohorts(self, of: Of) -> Figure:
        if self.book.is_snapshot:
            raise DataError(NO_DATES)
        found = cohorts(self.book, "start_quarter", self.scope.segment)
        if not found.names or not found.active.shape[1]:
            raise DataError(NO_COHORTS)
        return cohort_heatmap(self.book, "start_quarter", of, "share", self.language, self.scope.segment)

    def survival(self) -> Figure:
        if lacks := obstacle(self.book):
            raise DataError(lacks)
        if not stays(self.book, None, self.scope.segment):
            raise DataError(NO_VALUE_YET)
        return survival_curves(self.book, self.language, None, self.scope.segment)

    def reasons(self) -> Figure:
        run = self.scope.run
        if not self.book.has("cancellations.cancelled_on") or self.book.is_snapshot:
            raise DataError(NO_REASONS)
        span = (run[0].start, run[-1].end)
        if stated_reasons(self.book, span, self.scope.segment).empty:
            raise DataError(NO_REASONS)
        return reason_bars(self.book, span, span_label(run, self.language), self.language, None, self.scope.segment,
                           self.money_unit)


def _makers(pen: _Pen) -> Iterator[tuple[Group, Message, Callable[[], Figure], bool]]:
    yield "revenue", _("MRR"), partial(pen.trend, "mrr"), True
    yield "revenue", _("ARR"), partial(pen.trend, "arr"), True
    yield "revenue", _("MRR movements"), pen.movements, True
    yield "revenue", _("MRR bridge"), pen.bridge, False
    yield "revenue", _("MRR by start year"), pen.layers, False
    yield "retention", _("Customer churn rate"), partial(pen.trend, "customer_churn_rate"), True
    yield "retention", _("Gross revenue churn rate"), partial(pen.trend, "gross_revenue_churn_rate"), True
    yield "retention", _("NRR and GRR"), partial(pen.trend, "nrr", "grr", title=_("NRR and GRR")), True
    yield "retention", _("Churn by segment"), pen.segments, False
    yield "retention", _("Cohorts, customers"), partial(pen.cohorts, "customers"), False
    if pen.book.has_contracts:
        yield "retention", _("Cohorts, MRR"), partial(pen.cohorts, "mrr"), False
    yield "retention", _("How long customers stay"), pen.survival, False
    yield "retention", _("Reasons for leaving"), pen.reasons, False


def report_figures(book: Book, scope: Scope, language: Language, money_unit: MoneyUnit = "one"
                   ) -> tuple[list[Drawn], list[Lacking]]:
    """The figures that have a value, in order, and those that have none with the reason."""
    drawn: list[Drawn] = []
    lacking: list[Lacking] = []
    for part, name, maker, is_course in _makers(_Pen(book, scope, language, money_unit)):
        try:
            figure = maker()
        except DataError as error:
            lacking.append(Lacking(name, error.message))
            continue
        if any(value is not None for series in figure.series for value in series.values):
            drawn.append(Drawn(name, figure, part, is_course))
        else:
            lacking.append(Lacking(name, NO_VALUE_YET))
    more, missed = further_figures(scope.scene(book, language, money_unit))
    return drawn + more, lacking + missed
