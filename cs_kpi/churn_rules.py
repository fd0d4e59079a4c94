"""What a team decides about its churn model; saved with its settings."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from cs_kpi.locale import Message, _

Label = Literal["left", "cancelled", "ended"]
LABELS: tuple[Label, ...] = get_args(Label)
LABEL_WORDS: dict[Label, Message] = {
    "left": _("The customer left"), "cancelled": _("A cancellation was recorded"),
    "ended": _("A subscription ended")}


class ChurnSettings(BaseModel):
    """What is foreseen, how far ahead, from what. Defaults are the handbook's.

    horizon_months : H of the handbook: the label looks at the H months after a closing
    with_features, without_features : ids of features switched on and off by hand; the rest is as declared
    risk_limit : a risk from this on is called high; *what would change it* looks for a way below it
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    horizon_months: int = Field(default=3, ge=1, le=24)
    label: Label = "left"
    with_features: tuple[str, ...] = ()
    without_features: tuple[str, ...] = ()
    risk_limit: float | None = Field(default=None, gt=0, lt=1)
    seed: int = Field(default=0, ge=0)
