"""A target while it is edited, as an address carries it: nothing that was typed is lost with the session."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, ValidationError

from cs_kpi.targets.goals import Wanted


class Draft(BaseModel):
    """key : of the target that is changed, empty for a new one; why : the reason as far as it is written"""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    wanted: Wanted
    why: str = ""


def drafted(text: str) -> Draft | None:
    """What an address carries; None where that is nothing, or has been cut off."""
    try:
        return Draft.model_validate_json(text)
    except ValidationError:
        return None
