"""Which stated reasons the developers of the service can act on: guessed from their words, corrected by the team."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from pydantic import BaseModel, ConfigDict

from cs_kpi.retention.leaving import is_about_features


class FeatureReasons(BaseModel):
    """What the team said of reasons, by their very words; a reason that is in neither is guessed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    counted: tuple[str, ...] = ()
    not_counted: tuple[str, ...] = ()

    def among(self, reasons: Iterable[str]) -> list[str]:
        """The reasons that are about features, in the order given.

        >>> FeatureReasons(not_counted=("UI",), counted=("price",)).among(["UI", "price", "Missing feature", "budget"])
        ['price', 'Missing feature']
        """
        return [one for one in reasons
                if one in self.counted or (one not in self.not_counted and is_about_features(one))]

    def changed(self, offered: Iterable[str], picked: Iterable[str]) -> FeatureReasons:
        """As the team picked among those offered; what it said of others stays, what is as guessed is not kept."""
        chosen, asked = set(picked), set(offered)
        counted = (set(self.counted) - asked) | {one for one in asked & chosen if not is_about_features(one)}
        others = (set(self.not_counted) - asked) | {one for one in asked - chosen if is_about_features(one)}
        return FeatureReasons(counted=tuple(sorted(counted)), not_counted=tuple(sorted(others)))


def stated(found: pd.DataFrame) -> list[str]:
    """The different reasons among departures, the largest loss first."""
    lost = found.dropna(subset=["reason"]).groupby("reason", sort=False)["mrr_lost"].sum()
    return [str(one) for one in lost.sort_values(ascending=False, kind="stable").index]
