"""What a team decides once about how its numbers are computed; saved with the work and part of every Book."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from cs_kpi.churn_rules import ChurnSettings
from cs_kpi.criterion import Criterion
from cs_kpi.growth_rules import GrowthSettings
from cs_kpi.health_rules import HealthConfiguration

MoneyUnit = Literal["one", "thousand", "ten_thousand", "million"]


class Settings(BaseModel):
    """How numbers are computed. Defaults are the handbook's; a Japanese workspace starts its year in April, in yen.

    unnamed_currency : of amounts where no sheet names a currency, and the likelier one of those that name none beside
        others that do
    rolls_up_to_parent : stores and departments count as the company whose `parent_id` they have
    gross_margin : share of revenue; None: not known, LTV counts the whole revenue
    ltv_window, cohort_months : months over which churn is pooled, and after which a start cohort is judged
    key_features : those that a customer uses all of where it has adopted the product
    onboarding : None: what the sheets offer (`measures.onboarding.criterion`), within `onboarding_days`
    health : how health is scored; None: not yet, and the KPIs of health are not available
    churn : what a churn model foresees, and from what
    growth : when a customer is a candidate for more
    convention, kpi_conventions : by whose definitions the KPIs are computed, and exceptions by KPI
    as_of_confirmed_at : the latest day in the data when the user confirmed `as_of`; data beyond it asks again
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    fiscal_year_start: int = Field(default=1, ge=1, le=12)
    renewal_grace_days: int = Field(default=1, ge=0, le=92)
    counts_variable: bool = False
    tax_included: bool = False
    tax_rate: Decimal = Field(default=Decimal("0.10"), ge=0, lt=1)
    currency: str | None = None
    unnamed_currency: str | None = None
    currency_rates: dict[str, Decimal] = Field(default_factory=dict)
    rolls_up_to_parent: bool = False
    gross_margin: Decimal | None = Field(default=None, gt=0, le=1)
    ltv_window: int = Field(default=12, ge=3, le=60)
    cohort_months: int = Field(default=12, ge=1, le=60)
    active_min_count: int = Field(default=1, ge=1)
    key_features: tuple[str, ...] = ()
    onboarding: Criterion | None = None
    onboarding_days: int = Field(default=90, ge=0, le=3_650)
    health: HealthConfiguration | None = None
    churn: ChurnSettings = Field(default_factory=ChurnSettings)
    growth: GrowthSettings = Field(default_factory=GrowthSettings)
    convention: str = "default"
    kpi_conventions: dict[str, str] = Field(default_factory=dict)
    as_of: dt.date | None = None
    as_of_confirmed_at: dt.date | None = None
    data_from: dt.date | None = None

    def fingerprint(self) -> str:
        return self.model_dump_json()


class Preferences(BaseModel):
    """How numbers are shown and who writes. Nothing computed depends on these.

    overview : the set of KPIs that the overview shows: a stage preset, or the key of a team's own set
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: Literal["ja", "en"] | None = None
    display_name: str = Field(default="", max_length=80)
    money_unit: MoneyUnit = "one"
    hides_names: bool = False
    overview: str = "all"
