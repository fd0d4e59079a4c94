"""The items about how things are: KPI tables, KPIs over time, revenue and retention."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from cs_kpi.charts.cohorts import cohort_heatmap
from cs_kpi.charts.figure import Figure
from cs_kpi.charts.retention import all_losses, cost_lines, reason_bars, renewal_bars, stated_reasons
from cs_kpi.charts.revenue import bridge, layers, movement_bars, span_label, trend
from cs_kpi.charts.segments import by_segment
from cs_kpi.charts.staying import scoped, survival_curves
from cs_kpi.deck.content import Content, Grid
from cs_kpi.deck.lists import grid_of, kpi_grid, people_grid
from cs_kpi.deck.registry import item
from cs_kpi.deck.scene import Scene
from cs_kpi.errors import DataError
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.presets import SERIES_A
from cs_kpi.kpi.registry import GROUP_LABELS
from cs_kpi.locale import Message, _
from cs_kpi.retention.churned import churned
from cs_kpi.retention.cohorts import cohorts
from cs_kpi.retention.cost import FEWEST, POINT, pooled_rate, present_mrr
from cs_kpi.retention.listing import (
    CHURNED_LABELS,
    REASON_LABELS,
    RENEWAL_LABELS,
    cost_table,
    renewal_list,
    with_values,
)
from cs_kpi.retention.renewals import AHEAD_MONTHS
from cs_kpi.retention.staying import obstacle, stays

CONTRACTS = ("subscriptions.mrr", "subscriptions.start_date")
TERMS = ("subscriptions.term_end|subscriptions.end_date",)
NOBODY = _("There are no such customers.")


def _trend(scene: Scene, kpis: Sequence[str], title: Message | None = None) -> Figure:
    return trend(scene.book, kpis, scene.run, scene.language, scene.segment, title=title, money_unit=scene.money_unit)


def _one_trend(kpi: str, scene: Scene) -> Figure:
    return _trend(scene, [kpi])


def _kpis(id: str, title: Message, members: Sequence[str], scene: Scene) -> Grid:
    return kpi_grid(scene, id, title, members)


def _declare_kpis() -> None:
    item("kpis", "numbers", _("The main KPIs"), lambda scene: kpi_grid(scene, "kpis", _("KPIs"), SERIES_A),
         kpis=SERIES_A, is_dated=False)
    for group, label in GROUP_LABELS.items():
        members = [kpi.id for kpi in KPIS.values() if kpi.group == group]
        item(f"kpis-{group}", "numbers", label,
             partial(_kpis, f"kpis-{group}", label, members),
             kpis=members, is_dated=False)
    for kpi in KPIS.values():
        if kpi.compares:
            item(f"trend-{kpi.id}", "trends", kpi.label, partial(_one_trend, kpi.id), kpis=[kpi.id])
    for kpi in KPIS.values():
        item(f"segments-{kpi.id}", "trends", _("{kpi} by segment", kpi=kpi.label),
             partial(_by_segment, kpi.id), kpis=[kpi.id], is_dated=False, lacks=_no_field)


def _no_field(scene: Scene) -> Message | None:
    if scene.cut is None:
        return _("There is no column to compare customers by. Keep one as an attribute on the data page.")
    return None


def _by_segment(kpi_id: str, scene: Scene) -> Figure:
    assert scene.cut is not None
    return by_segment(scene.book, kpi_id, scene.period, scene.cut, scene.language)


_declare_kpis()

item("movements", "revenue", _("MRR movements"), lambda scene: movement_bars(
    scene.book, scene.run, scene.language, scene.segment, money_unit=scene.money_unit),
    kpis=("net_new_mrr", "new_mrr", "expansion_mrr", "reactivation_mrr", "contraction_mrr", "churn_mrr"))
item("bridge", "revenue", _("From opening to closing MRR"), lambda scene: bridge(
    scene.book, scene.period, scene.language, scene.segment, money_unit=scene.money_unit),
    kpis=("net_new_mrr", "mrr"), needs=("subscriptions.mrr",), is_dated=False)
item("nrr-grr", "revenue", _("NRR and GRR"), lambda scene: _trend(scene, ["nrr", "grr"], _("NRR and GRR")),
     kpis=("nrr", "grr"))
item("churn-forms", "retention", _("Churn rates"), lambda scene: _trend(
    scene, ["customer_churn_rate", "gross_revenue_churn_rate", "net_revenue_churn_rate"], _("Churn rates")),
    kpis=("customer_churn_rate", "gross_revenue_churn_rate", "net_revenue_churn_rate"))
item("layers", "revenue", _("MRR by year of start"), lambda scene: layers(
    scene.book, scene.run, scene.language, scene.segment), kpis=("mrr",))


def _churned(scene: Scene) -> list[Grid]:
    found = churned(scene.book, scene.period, scene.segment)
    title = scoped(_("Customers who left, {period}: {n}", period=scene.period.label(scene.language), n=len(found)),
                   scene.segment)
    return people_grid(scene, "churned", title, found, with_values(found, CHURNED_LABELS),
                       _("Customers at the opening who are none at the closing, the largest loss first."),
                       period=scene.period.label(scene.language), sentences=("reason",))


def _cohorts(scene: Scene) -> Figure:
    by = scene.by or "start_quarter"
    found = cohorts(scene.book, by, scene.segment)
    if not found.names or not found.active.shape[1]:
        raise DataError(_("No customer's start month is over yet in this segment. Pick another segment, or load a "
                          "longer history."))
    return cohort_heatmap(scene.book, by, "customers", "share", scene.language, scene.segment)


def _survival(scene: Scene) -> Figure:
    if reason := obstacle(scene.book):
        raise DataError(reason)
    if not stays(scene.book, scene.by, scene.segment):
        raise DataError(NOBODY)
    return survival_curves(scene.book, scene.language, scene.by, scene.segment)


def _reasons(scene: Scene) -> Figure:
    span = None if scene.book.is_snapshot else (scene.run[0].start, scene.run[-1].end)
    said = (_("the whole time").text(scene.language) if span is None else span_label(scene.run, scene.language))
    if all_losses(scene.book, span, scene.segment).empty:
        raise DataError(_("Nobody stated a reason in this time. Pick a longer one."))
    return reason_bars(scene.book, span, said, scene.language, scene.by, scene.segment, scene.money_unit)


def _stated(scene: Scene) -> list[Grid]:
    span = None if scene.book.is_snapshot else (scene.run[0].start, scene.run[-1].end)
    found = stated_reasons(scene.book, span, scene.segment)
    return people_grid(scene, "stated-reasons", _("All stated reasons"), found, with_values(found, REASON_LABELS),
                       _("Cancellations with a stated reason, the newest first."), sentences=("reason", "comment"),
                       period="" if span is None else span_label(scene.run, scene.language))


def _renewal_chart(scene: Scene) -> Figure:
    found = renewal_list(scene.book, scene.language, scene.segment)
    if found.empty:
        raise _no_terms(scene)
    return renewal_bars(scene.book, found, scene.language, scene.segment, scene.money_unit)


def _renewals(scene: Scene) -> list[Grid]:
    found = renewal_list(scene.book, scene.language, scene.segment)
    if found.empty:
        raise _no_terms(scene)
    return people_grid(scene, "renewals-list", scoped(_("Terms that run out within {n} months: {count}", n=AHEAD_MONTHS,
                                                        count=len(found)), scene.segment),
                       found, {name: label for name, label in RENEWAL_LABELS.items() if name in found
                               and name not in ("renews", "term_is")},
                       _("Terms of active contracts by their term end, else their end, the nearest first."))


def _no_terms(scene: Scene) -> DataError:
    return DataError(_("No term of an active contract runs out within {n} months of {day}.", n=AHEAD_MONTHS,
                       day=scene.book.as_of or ""))


def _cost(scene: Scene) -> list[Content]:
    rate, mrr = pooled_rate(scene.book, segment=scene.segment), present_mrr(scene.book, scene.segment)
    figure = cost_lines(scene.book, POINT, scene.language, scene.segment, scene.money_unit)
    if figure is None or rate is None:
        raise DataError(_("What churn costs takes a monthly rate, and that takes at least {n} complete months with "
                          "customers. Load a longer history, or pick another segment.", n=FEWEST))
    frame = cost_table(scene.book, mrr, rate.value, POINT, scene.language, scene.money_unit)
    return [figure, grid_of(scene, "churn-cost-table", scoped(_("What a point of monthly churn costs"), scene.segment),
                            frame, _("Today's MRR under today's monthly churn, and with a point more and less."))]


item("churned", "retention", _("Customers who left"), _churned, kpis=("churned_customers",), is_dated=False)
item("cohorts", "retention", _("Start cohorts"), _cohorts,
     needs=("subscriptions.start_date|customers.started_on|usage.date",))
item("survival", "retention", _("How long customers stay"), _survival, is_dated=False,
     lacks=lambda scene: obstacle(scene.book))
item("reasons", "retention", _("Reasons for leaving"), _reasons, needs=("cancellations.cancelled_on",), is_dated=False)
item("stated-reasons", "retention", _("All stated reasons"), _stated, needs=("cancellations.cancelled_on",),
     is_dated=False)
item("renewals", "retention", _("Renewal calendar"), _renewal_chart, needs=TERMS)
item("renewals-list", "retention", _("Terms that run out, by name"), _renewals, needs=TERMS)
item("churn-cost", "retention", _("What churn costs"), _cost, needs=CONTRACTS)
