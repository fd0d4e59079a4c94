"""The invented world as plain frames, one per canonical table, the same for every language."""

from dataclasses import asdict, dataclass, fields
from datetime import timedelta
from functools import cache

import pandas as pd

from sample_data import traces, voice
from sample_data.clock import AS_OF
from sample_data.contracts import contracts
from sample_data.customers import Profile, profiles
from sample_data.lives import Run, runs


@dataclass(frozen=True, slots=True)
class World:
    """Canonical tables; words are codes, texts come in columns ending in `_ja` and `_en`."""

    customers: pd.DataFrame
    subscriptions: pd.DataFrame
    usage: pd.DataFrame
    surveys: pd.DataFrame
    milestones: pd.DataFrame
    interactions: pd.DataFrame
    cancellations: pd.DataFrame
    pulse: pd.DataFrame

    def table(self, name: str) -> pd.DataFrame:
        """One table by its canonical name."""
        return getattr(self, name)


TABLES = tuple(field.name for field in fields(World))


def customer_row(profile: Profile, stays: tuple[Run, ...]) -> dict[str, object]:
    """One customer as the ledger knows it on the last day."""
    done = None
    if stays and profile.onboarding_days is not None:
        day = profile.start + timedelta(days=profile.onboarding_days)
        done = day if day <= AS_OF and traces.tick_on(stays[:1], day) else None
    return {
        "customer_id": profile.customer_id,
        "customer_name_ja": profile.name.ja, "customer_name_en": profile.name.en, "furigana": profile.name.reading,
        "parent_id": profile.group_id,
        "parent_name_ja": profile.group and f"{profile.group.ja}ホールディングス",
        "parent_name_en": profile.group and f"{profile.group.en} Holdings",
        "started_on": profile.start if stays else None,
        "onboarding_completed_on": done,
        "owner": f"owner{profile.owner}", "touch_model": profile.touch,
        "industry": profile.industry, "region": profile.region, "size": profile.size, "source": profile.source,
    }  # fmt: skip


def frame(rows: list[dict[str, object]]) -> pd.DataFrame:
    """Rows as a frame of Python objects: dates stay dates, whole numbers stay whole beside blanks."""
    return pd.DataFrame(rows, dtype=object)


@cache
def world() -> World:
    """The whole world, built once; callers must not change its frames."""
    lives = [(profile, runs(profile)) for profile in profiles()]
    return World(
        customers=frame([customer_row(profile, stays) for profile, stays in lives]),
        subscriptions=frame([asdict(contract) for contract in contracts(lives)]),
        usage=frame(traces.usage(lives)),
        surveys=frame(voice.surveys(lives)),
        milestones=frame(traces.milestones(lives)),
        interactions=frame(traces.interactions(lives)),
        cancellations=frame(voice.cancellations(lives)),
        pulse=frame(voice.pulse(lives)),
    )
