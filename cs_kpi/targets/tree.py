"""The KPI tree: a goal indicator and what drives it, with today's values and what each of them is worth. Computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.registry import Kpi
from cs_kpi.locale import Message, _
from cs_kpi.locale.formats import Unit
from cs_kpi.targets.forecast import Forecast, Ground, ahead_of, forecast, kpi_of, past_course
from cs_kpi.targets.history import TERMS, WINDOW
from cs_kpi.targets.levers import Lever, Values, at_level, changed, level
from cs_kpi.targets.onboarding_groups import GROUPS
from cs_kpi.targets.projection import projected, valued
from cs_kpi.targets.rates import ENDED, RENEWED, over
from cs_kpi.targets.scenario import DRIVER_LABELS, DRIVER_UNITS, LESS_IS_BETTER, DriverId, Scenario
from cs_kpi.targets.words import segment_label

Kgi = Literal["nrr", "customer_churn_rate", "renewal_rate", "net_new_mrr", "ltv", "onboarding_completion"]
KGIS: dict[Kgi, Message] = {
    "nrr": KPIS["nrr"].label, "customer_churn_rate": KPIS["customer_churn_rate"].label,
    "renewal_rate": KPIS["renewal_rate"].label, "net_new_mrr": KPIS["net_new_mrr"].label, "ltv": KPIS["ltv"].label,
    "onboarding_completion": _("Onboarding completed")}
DRIVEN_BY: dict[Kgi, tuple[DriverId, ...]] = {
    "nrr": ("expansion", "contraction", "churn"), "customer_churn_rate": ("churn",),
    "renewal_rate": ("churn",), "net_new_mrr": ("new", "reactivation", "expansion", "contraction", "churn"),
    "ltv": ("expansion", "contraction", "churn"), "onboarding_completion": ()}
TENTH = 0.1
"""By how much better, relative to its value, a driver is taken to be when it is asked what it is worth."""


@dataclass(frozen=True, slots=True)
class Node:
    """One line of the tree.

    depth : 0 for the goal indicator
    today, scenario : its value as it is, and in the scenario (of the goal indicator: at the scenario's last month)
    share : of a part, how much of the whole it is
    worth : by how much the goal indicator changes at the last month when this driver is a tenth better
    """

    depth: int
    label: Message | str
    unit: Unit
    today: float | None
    scenario: float | None
    share: float | None = None
    worth: float | None = None
    driver: DriverId | None = None


def kgis(of: Ground) -> list[Kgi]:
    """The goal indicators that a book can tell."""
    known = {"onboarding_completion": of.effect is not None, "renewal_rate": of.base.renewals is not None}
    return [kgi for kgi in KGIS if known.get(kgi, True)]


def tree(found: Forecast, kgi: Kgi) -> list[Node]:
    """The goal indicator, its drivers, and below churn the onboarding groups that it is made of; empty where the book
    cannot tell it."""
    if kgi not in kgis(found.ground):
        return []
    if kgi == "onboarding_completion":
        return list(_onboarding(found, 0))
    kpi = kpi_of(kgi)
    worth = _worth(found, kpi, DRIVEN_BY[kgi])
    top = Node(0, KGIS[kgi], kpi.unit, float(past_course(found.ground, kgi)[-1]), found.course(kgi).expected[-1])
    nodes = [top]
    for driver, value in zip(DRIVEN_BY[kgi], worth, strict=True):
        nodes.append(_driver(found, driver, value))
        nodes += _segments(found, driver)
        if driver == "churn":
            nodes += _onboarding(found, 2, kpi)
    if kgi == "renewal_rate":
        nodes += _renewals(found)
    return nodes


def _renewals(found: Forecast) -> Iterator[Node]:
    """The renewal rate of every segment over twelve months, with its share of the terms that ran out."""
    past, run = found.ground.past, found.expected
    if past.names == (None,):
        return
    today, ahead = ({name: np.concatenate([past.sums[name], more[name]])[-WINDOW:].sum(axis=0) for name in TERMS}
                    for more in ({name: past.sums[name][:0] for name in TERMS},
                                 {name: run.sums[name][:, 0] for name in TERMS}))
    shares = over(today[ENDED], today[ENDED].sum())
    for place, name in enumerate(past.names):
        now, then = (float(each[RENEWED][place] / each[ENDED][place]) if each[ENDED][place] else None
                     for each in (today, ahead))
        label = _("Renewal rate: {segment}", segment=segment_label(past.field, name))
        yield Node(1, label, "share", now, then, float(shares[place]))


def _driver(found: Forecast, driver: DriverId, worth: float) -> Node:
    base, now = found.ground.base, found.rates
    return Node(1, DRIVER_LABELS[driver], DRIVER_UNITS[driver], float(level(base, base.values, Lever(driver))),
                float(level(now, now.values, Lever(driver))), None, worth, driver)


def _segments(found: Forecast, driver: DriverId) -> Iterator[Node]:
    """The rate of every segment, with its share of today's MRR (of new MRR: of what is new)."""
    base, now = found.ground.base, found.rates
    if base.names == (None,):
        return
    size = base.values["new"] if driver == "new" else base.opening
    for place, (name, share) in enumerate(zip(base.names, over(size, size.sum()).tolist(), strict=True)):
        lever = Lever(driver, place)
        yield Node(2, segment_label(found.ground.past.field, name), DRIVER_UNITS[driver],
                   float(level(base, base.values, lever)), float(level(now, now.values, lever)), share, None, driver)


def _onboarding(found: Forecast, depth: int, kpi: Kpi | None = None) -> Iterator[Node]:
    """The share that completed, and the churn of both groups; nothing where they are not known."""
    effect = found.ground.effect
    if effect is None:
        return
    set_to = found.scenario.value("onboarding")
    worth = None if kpi is None else _onboarding_worth(found, kpi)
    yield Node(depth, DRIVER_LABELS["onboarding"], "share", effect.completed,
               effect.completed if set_to is None else set_to, None, worth, "onboarding")
    done, not_done = effect.churn["left"]
    total = sum(effect.customers)
    for name, rate, count in (("completed", done, effect.customers[0]), ("not_completed", not_done,
                                                                          effect.customers[1])):
        label = _("Churned customers a month: {group}", group=GROUPS[name])
        yield Node(depth + 1, label, "share", rate, rate, float(over(count, total)))


def _worth(found: Forecast, kpi: Kpi, drivers: Sequence[DriverId]) -> list[float]:
    """What the KPI gains at the last month by a tenth more (of losses: less) of each driver, all else as it is."""
    rows: list[Values] = [found.rates.values]
    for driver in drivers:
        now = level(found.rates, found.rates.values, Lever(driver))
        better = now * (1 - TENTH if driver in LESS_IS_BETTER else 1 + TENTH)
        rows.append(at_level(found.rates, found.rates.values, Lever(driver), np.asarray(better)))
    value = _at_end(found, kpi, rows)
    return [one - value[0] for one in value[1:]]


def _onboarding_worth(found: Forecast, kpi: Kpi) -> float:
    """The same for onboarding: a tenth of those that did not complete complete, at the scenario's strength."""
    effect, scenario = found.ground.effect, found.scenario
    assert effect is not None
    set_to = scenario.value("onboarding")
    now = effect.completed if set_to is None else set_to
    better = scenario.with_change("onboarding", None, now + TENTH * (1 - now))
    if scenario.newcomers_only:
        return _scenario_at_end(found, better, kpi) - _scenario_at_end(found, scenario, kpi)
    value = _at_end(found, kpi, [found.rates.values, changed(found.ground.base, better, effect).values])
    return value[1] - value[0]


def _scenario_at_end(found: Forecast, scenario: Scenario, kpi: Kpi) -> float:
    return float(forecast(found.ground, scenario).values(kpi.id)[0][len(found.months) - 1])


def _at_end(found: Forecast, kpi: Kpi, rows: Sequence[Values]) -> list[float]:
    """The KPI at the last month under several rates, projected together."""
    together = {name: np.array([np.broadcast_to(row[name], (len(found.rates.names),)) for row in rows])
                for name in rows[0]}
    rates = replace(found.rates, values=together)
    run = projected(rates, ahead_of(found.ground, rates, found.scenario, len(found.months)), found.ground.first)
    value = valued(kpi, found.ground.past, run, found.ground.margin, found.ground.window)[-1]
    return [float(one) for one in value]
