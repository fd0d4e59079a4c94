"""A scenario: what is changed against today's rates, how far it looks, and the goal; saved, compared, linked to."""

from __future__ import annotations

import json
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cs_kpi.errors import DataError
from cs_kpi.locale import Message, _
from cs_kpi.locale.formats import Unit

DriverId = Literal["new", "expansion", "contraction", "churn", "reactivation", "onboarding"]
GoalKpi = Literal["mrr", "arr", "customers", "nrr", "ltv", "net_new_mrr", "customer_churn_rate"]
LONGEST = 36
MOST_GROWTH = 0.5
NOT_SET = "-"
"""The segment of customers without a value, in a change and in a link."""
DRIVER_LABELS: dict[DriverId, Message] = {
    "new": _("New MRR a month"), "expansion": _("Expansion a month"), "contraction": _("Contraction a month"),
    "churn": _("Churn a month"), "reactivation": _("Reactivation a month"), "onboarding": _("Onboarding completed")}
DRIVER_UNITS: dict[DriverId, Unit] = {"new": "money", **dict.fromkeys(
    ("expansion", "contraction", "churn", "reactivation", "onboarding"), "share")}  # type: ignore[dict-item]
LESS_IS_BETTER = ("contraction", "churn")


class Change(BaseModel):
    """One driver set to a value; of one segment, or of all in the same proportion.

    value : MRR a month of `new`, in currency units; else a share
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    driver: DriverId
    segment: str | None = None
    value: float = Field(ge=0, allow_inf_nan=False)


class Goal(BaseModel):
    """What a KPI should reach by the end of a month, written 2027-03."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kpi: GoalKpi
    value: float = Field(gt=0, allow_inf_nan=False)
    month: str = Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")


class Scenario(BaseModel):
    """What if. Everything that is not changed goes on at the pooled rates of the last twelve months.

    field : by which the rates are cut; None: everybody together
    growth : by which new MRR grows from month to month
    strength : how much of the difference in churn between customers that completed onboarding and those that did not is
        taken to be caused by it
    newcomers_only : whether more onboarding reaches only who comes from now on
    """

    record_kind: ClassVar[str] = "Scenario"
    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=80)
    field: str | None = None
    changes: tuple[Change, ...] = ()
    months: int = Field(default=12, ge=1, le=LONGEST)
    growth: float = Field(default=0.0, ge=-MOST_GROWTH, le=MOST_GROWTH, allow_inf_nan=False)
    strength: float = Field(default=0.5, ge=0, le=1)
    newcomers_only: bool = False
    goal: Goal | None = None

    def value(self, driver: DriverId, segment: str | None = None) -> float | None:
        """What a driver is set to; None where it is left as it is."""
        return next((one.value for one in self.changes if (one.driver, one.segment) == (driver, segment)), None)

    def with_change(self, driver: DriverId, segment: str | None, value: float | None) -> Scenario:
        """The same with one driver set, or left as it is (None)."""
        others = tuple(one for one in self.changes if (one.driver, one.segment) != (driver, segment))
        added = () if value is None else (Change(driver=driver, segment=segment, value=value),)
        return self.model_copy(update={"changes": others + added})


class ThePlan(BaseModel):
    """Which of the saved scenarios is the plan, by its key."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scenario: str


def named(scenario: Scenario, name: str) -> Scenario:
    """The same under another name. Raises DataError for one that is blank."""
    try:
        return Scenario.model_validate({**scenario.model_dump(), "name": name.strip()})
    except ValidationError as error:
        raise DataError(_("A scenario needs a name. Type one, then save.")) from error


def link(scenario: Scenario) -> str:
    """The scenario as compact JSON, for an address."""
    said = scenario.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def linked(text: str) -> Scenario:
    """The scenario that an address carries. Raises DataError where it carries none."""
    try:
        return Scenario.model_validate_json(text)
    except ValidationError as error:
        raise DataError(_("The scenario in this link cannot be read; it may have been cut off. Ask for the link "
                          "again.")) from error
