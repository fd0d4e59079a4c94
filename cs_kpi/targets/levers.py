"""Drivers put to other values: today's rates become those of a scenario, customers in proportion to their MRR."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cs_kpi.errors import DataError
from cs_kpi.ledger import MICRO
from cs_kpi.locale import _
from cs_kpi.targets.onboarding_effect import Effect
from cs_kpi.targets.rates import BASES, COUNTERPARTS, Floats, Rates, over
from cs_kpi.targets.scenario import DRIVER_LABELS, NOT_SET, Change, DriverId, Scenario

MOVING: tuple[DriverId, ...] = ("new", "expansion", "contraction", "churn", "reactivation")
"""The drivers that are rates of their own; onboarding works through churn."""
Values = Mapping[str, Floats]
"""movement -> rates, segments last; other axes hold alternatives."""


@dataclass(frozen=True, slots=True)
class Lever:
    """A driver of one segment, by its place, or of all (None)."""

    driver: DriverId
    place: int | None = None


def level(base: Rates, values: Values, lever: Lever) -> Floats:
    """The value of a driver as it is shown: MRR a month in currency units, or share of the opening MRR."""
    rate = values[lever.driver]
    if lever.place is not None:
        found = rate[..., lever.place]
    elif BASES[lever.driver] is None:
        found = rate.sum(axis=-1)
    else:
        found = over((rate * base.opening).sum(axis=-1), base.opening.sum())
    return np.asarray(found / MICRO if lever.driver == "new" else found)


def at_level(base: Rates, values: Values, lever: Lever, wanted: Floats) -> Values:
    """The rates with a driver at other values, one alternative an entry of `wanted`; segments in proportion.

    Customers that come, leave or return change in the same proportion. Where nothing has moved so far every segment
    gets the value, and new MRR comes in the size of today's customers.
    """
    now = level(base, values, lever)
    if lever.driver == "new" and not np.any(now):
        return _begun(base, values, lever, wanted)
    who = np.ones(len(base.names), dtype=bool) if lever.place is None else np.arange(len(base.names)) == lever.place
    factor = np.divide(wanted, now, out=np.ones(np.broadcast_shapes(wanted.shape, now.shape)), where=now > 0)[..., None]
    changed = dict(values)
    for name in (lever.driver, COUNTERPARTS.get(lever.driver)):
        if name is not None:
            moved = values[name] * factor
            if lever.driver != "new":
                moved = np.where(np.expand_dims(now, -1) > 0, moved, np.broadcast_to(wanted[..., None], moved.shape))
            changed[name] = np.where(who, moved, values[name])
    return changed


def _begun(base: Rates, values: Values, lever: Lever, wanted: Floats) -> Values:
    """New MRR where there was none."""
    who = np.ones(len(base.names)) if lever.place is None else 1.0 * (np.arange(len(base.names)) == lever.place)
    each = max(float(over(base.opening.sum(), base.customers.sum())), 1.0)
    new = values["new"] + wanted[..., None] * MICRO * who / who.sum()
    return dict(values) | {"new": new, "is_new": values["is_new"] + wanted[..., None] * MICRO * who / who.sum() / each}


def changed(base: Rates, scenario: Scenario, effect: Effect | None = None) -> Rates:
    """The rates of a scenario; changes of everybody first, then those of single segments.

    Raises DataError for a segment that is not there, a share above one, and onboarding where it has no effect to go by.
    """
    values: Values = base.values
    for change in sorted(scenario.changes, key=lambda one: one.segment is not None):
        _sound(change)
        wanted = np.asarray(change.value)
        if change.driver == "onboarding":
            if effect is None:
                raise DataError(_("How onboarding moves churn is not known here: it takes an onboarding criterion and "
                                  "customers on both sides of it. Leave 'onboarding' out."))
            if not scenario.newcomers_only:
                values = effect.applied(values, wanted, scenario.strength)
            continue
        values = at_level(base, values, Lever(change.driver, place_of(base, change.segment)), wanted)
    return replace(base, values=values)


def _sound(change: Change) -> None:
    """Raises DataError for a change that no book could make."""
    if change.driver in ("churn", "contraction", "onboarding") and change.value > 1:
        raise DataError(_("'{driver}' cannot be {percent}%: it is a share, 100% at most. Write for instance 1.2%.",
                          driver=DRIVER_LABELS[change.driver], percent=round(change.value * 100, 2)))
    if change.driver == "onboarding" and change.segment is not None:
        raise DataError(_("'{driver}' has no segments: it is set for everybody. To change the churn of one onboarding "
                          "group, set churn of that group.", driver=DRIVER_LABELS[change.driver]))


def place_of(base: Rates, segment: str | None) -> int | None:
    """The place of a segment by its name in a change. Raises DataError where there is none of that name."""
    if segment is None:
        return None
    wanted = None if segment == NOT_SET else segment
    if wanted not in base.names or base.names == (None,):
        raise DataError(_("There is no segment '{segment}' here. There are: {segments}.", segment=segment,
                          segments=segment_keys(base.names)))
    return base.names.index(wanted)


def segment_keys(names: Sequence[str | None]) -> list[str]:
    """The segments as changes and links name them; none where nothing is cut."""
    return [] if tuple(names) == (None,) else [NOT_SET if name is None else name for name in names]
