"""What a team saves of its targets: what each asks for, how that changed, benchmarks, notes, the rules of review."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from cs_kpi.errors import DataError
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.readings import Segment
from cs_kpi.kpi.registry import DEFAULT_CONVENTION, Kpi, declared
from cs_kpi.locale import _
from cs_kpi.periods import Period, period_of

DatedKind = Literal["month", "quarter", "half", "year", "ttm"]
MOST_PERIODS = 36
NAME_LENGTH, TEXT_LENGTH = 80, 1_000


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _OfKpi(_Record):
    kpi: str

    @field_validator("kpi")
    @classmethod
    def _is_known(cls, name: str) -> str:
        if name not in KPIS:
            raise ValueError(f"there is no KPI {name}")
        return name


class Agreement(_Record):
    """A department that shares a target. by, on : who agreed for it, and when; None: not yet"""

    department: str = Field(min_length=1, max_length=NAME_LENGTH)
    by: str = Field(default="", max_length=NAME_LENGTH)
    on: dt.date | None = None

    @property
    def is_agreed(self) -> bool:
        return bool(self.by) and self.on is not None


class Wanted(_OfKpi):
    """What a target asks for.

    convention : by whose definition it is measured, then as now
    field, segment : of whom; field None: of everybody; segment None beside a field: of those without a value
    first : the first day of its first period; first_month: of the fiscal year
    values : one per period, in the KPI's own unit (a share 0..1); all the same, or a path
    scenario : the what-if that it came from
    """

    convention: str = DEFAULT_CONVENTION
    field: str | None = None
    segment: str | None = None
    kind: DatedKind = "month"
    first: dt.date
    first_month: int = Field(default=1, ge=1, le=12)
    values: tuple[float, ...] = Field(min_length=1, max_length=MOST_PERIODS)
    owner: str = Field(default="", max_length=NAME_LENGTH)
    shared_with: tuple[Agreement, ...] = ()
    rationale: str = Field(default="", max_length=TEXT_LENGTH)
    scenario: str = Field(default="", max_length=NAME_LENGTH)

    @field_validator("values")
    @classmethod
    def _are_numbers(cls, values: tuple[float, ...]) -> tuple[float, ...]:
        if not all(abs(value) < float("inf") for value in values):
            raise ValueError("a target is a number")
        return values

    @model_validator(mode="after")
    def _begins_with_a_period(self) -> Self:
        start = Period(self.kind, self.first, self.first_month)
        if period_of(self.kind, start.end, self.first_month).start != self.first:
            raise ValueError(f"no {self.kind} begins on {self.first}")
        return self

    @property
    def periods(self) -> list[Period]:
        begins = Period(self.kind, self.first, self.first_month if self.kind not in ("month", "ttm") else 1)
        return [begins.shifted(step) for step in range(len(self.values))]

    @property
    def whom(self) -> Segment | None:
        return Segment(self.field, self.segment) if self.field else None

    @property
    def measured(self) -> Kpi:
        """The KPI by the convention under which the target was set."""
        return declared(self.kpi, self.convention)

    @property
    def is_level(self) -> bool:
        """Whether it is the same in every period."""
        return len(set(self.values)) == 1

    def value_in(self, period: Period) -> float | None:
        """What is asked for in a period; None outside the target's own."""
        return dict(zip(self.periods, self.values, strict=True)).get(period)


def revised(wanted: Wanted, **fields: object) -> Wanted:
    """The same with other fields. Raises DataError where they do not make a target."""
    try:
        return Wanted.model_validate({**wanted.model_dump(), **fields})
    except ValidationError as error:
        raise DataError(_("This entry does not make a target and was not taken over. Check the periods and the "
                          "numbers.")) from error


class Change(_Record):
    """What a target asked for before somebody changed it, and why that was done. at : in UTC"""

    at: dt.datetime
    by: str
    before: Wanted
    why: str = Field(min_length=1, max_length=TEXT_LENGTH)


class Target(_Record):
    """A target as it is now, with everything that it was before, the earliest first."""

    record_kind: ClassVar[str] = "Target"

    now: Wanted
    made_at: dt.datetime
    made_by: str = ""
    changes: tuple[Change, ...] = ()

    def becoming(self, wanted: Wanted, by: str, at: dt.datetime, why: str) -> Target:
        """The same asking for something else, with what it asked for kept; itself where nothing differs.

        Raises DataError without a reason.
        """
        if wanted == self.now:
            return self
        if not why.strip():
            raise DataError(_("A target is not changed without a reason. Write why it is changed, and save again."))
        change = Change(at=at, by=by, before=self.now, why=why.strip()[:TEXT_LENGTH])
        return self.model_copy(update={"now": wanted, "changes": (*self.changes, change)})

    @property
    def versions(self) -> list[tuple[Wanted, Wanted, Change]]:
        """Every change as before, after and what is known of it; the earliest first."""
        after = [*(change.before for change in self.changes[1:]), self.now]
        return [(change.before, later, change) for change, later in zip(self.changes, after, strict=True)]


class Benchmark(_OfKpi):
    """What others report, as the team entered it. high : of a range; about : of whom and of when"""

    record_kind: ClassVar[str] = "Benchmark"

    kind: DatedKind = "month"
    low: float = Field(allow_inf_nan=False)
    high: float | None = Field(default=None, allow_inf_nan=False)
    source: str = Field(min_length=1, max_length=300)
    about: str = Field(default="", max_length=300)

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if self.high is not None and self.high < self.low:
            raise ValueError("a range ends above its beginning")
        return self


class ReviewNote(_Record):
    """What was tried for a target in a period, what came of it, and what comes next; signed by the workspace."""

    record_kind: ClassVar[str] = "ReviewNote"

    target: str
    period: str
    tried: str = Field(default="", max_length=TEXT_LENGTH)
    outcome: str = Field(default="", max_length=TEXT_LENGTH)
    next: str = Field(default="", max_length=TEXT_LENGTH)


class ReviewRules(_Record):
    """How targets are reviewed.

    margin : by what share of the target it has to be beaten to be called easy
    running : in how many periods in a row, for that and for being missed
    kgi : the KPI that all others are held against
    """

    record_kind: ClassVar[str] = "ReviewRules"

    margin: float = Field(default=0.05, ge=0, le=1)
    running: int = Field(default=3, ge=2, le=12)
    kgi: str = "customer_churn_rate"
