"""What a team decides about who may buy more: when a sign holds, the limits of its plans, what extends what."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

HORIZON_MONTHS = 3
"""Months within which a candidate is to buy more."""
MOST_EXTENSIONS = 50


class Extension(BaseModel):
    """A product that extends a feature: who uses the feature much may want the product."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    feature: str = Field(min_length=1, max_length=200)
    product: str = Field(min_length=1, max_length=200)


class GrowthSettings(BaseModel):
    """When the signs hold.

    seats_share : of the paid seats in use, from which on they are full
    limit_share : of a plan's limit, from which on the seats are near it
    use_rise : by how much use has to have risen against the three months before
    plan_limits : plan -> seats that it may have at most; of other plans it is learnt where customers moved up
    extends : features in heavy use that a product extends, by the team's word
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    seats_share: float = Field(default=0.9, ge=0.1, le=1)
    limit_share: float = Field(default=0.9, ge=0.1, le=1)
    use_rise: float = Field(default=0.2, ge=0.01, le=5)
    plan_limits: dict[str, float] = Field(default_factory=dict)
    extends: tuple[Extension, ...] = Field(default=(), max_length=MOST_EXTENSIONS)
