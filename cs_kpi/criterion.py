"""When a customer counts as onboarded: rules over milestones and use, as a team writes them down (handbook 5)."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Rule(BaseModel):
    """One step, within so many days.

    kind : a milestone, the first use of a feature, a number of uses, or the day in the customer list
    name : of the milestone or the feature; of uses, blank stands for any feature
    times : of uses, how many
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["milestone", "feature", "uses", "completed"] = "milestone"
    name: str = ""
    times: int = Field(default=1, ge=1)
    days: int = Field(ge=0, le=3_650)

    @model_validator(mode="after")
    def _is_named(self) -> Rule:
        if self.kind in ("milestone", "feature") and not self.name:
            raise ValueError("a milestone or feature needs a name")
        return self


class Criterion(BaseModel):
    """Rules joined by and, or, or k of n.

    needed : k, of k of n alone
    since : the day from which the limits run; of a customer without a trial always the first active day
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rules: tuple[Rule, ...] = Field(min_length=1)
    joined: Literal["and", "or", "k_of_n"] = "and"
    needed: int | None = Field(default=None, ge=1)
    since: Literal["first_active_day", "trial_start"] = "first_active_day"

    @model_validator(mode="after")
    def _has_enough_rules(self) -> Criterion:
        if (self.joined == "k_of_n") != (self.needed is not None):
            raise ValueError("k of n needs its k, and nothing else does")
        if (self.needed or 1) > len(self.rules):
            raise ValueError("more rules are needed than there are")
        return self

    @property
    def rules_needed(self) -> int:
        """How many rules have to be met."""
        return {"and": len(self.rules), "or": 1, "k_of_n": self.needed or 1}[self.joined]

    @property
    def limit_days(self) -> int:
        """After how many days it is decided: the longest limit of its rules."""
        return max(rule.days for rule in self.rules)
