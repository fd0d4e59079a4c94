"""What customers leave behind as they go: use, onboarding steps, tickets and meetings."""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from sample_data.clock import AS_OF
from sample_data.customers import Profile, stream
from sample_data.lives import Run, Tick
from sample_data.phrases import NOTES

Row = dict[str, object]
Life = tuple[Profile, tuple[Run, ...]]

FEATURES = ("dashboard", "tasks", "reports", "automation", "mobile", "api")
STEPS = {"kickoff": 0.1, "setup": 0.35, "import": 0.55, "training": 0.8, "first_report": 1.0}
BUSY_MONTHS = {3: 1.06, 4: 1.06, 8: 0.92, 12: 0.95, 1: 0.95}
MEETING_RATE = {"high": 0.6, "low": 0.2, "tech": 0.03}


def day_within(tick: Tick, rng: Random) -> date:
    """A day of the contract month, seldom on a weekend; it may lie past the last known day."""
    length = (tick.until - tick.day).days
    first, second = (tick.day + timedelta(days=rng.randrange(length)) for _ in range(2))
    return first if first.weekday() < 5 else second


def tick_on(runs: tuple[Run, ...], day: date) -> Tick | None:
    """The contract month that a day lies in; None without a contract."""
    return next((tick for run in runs for tick in run.ticks if tick.day <= day < tick.until), None)


def use_rows(profile: Profile, tick: Tick, features: list[str], rng: Random) -> Iterable[Row]:
    """A row or two for each user who was there in the contract month."""
    busy = BUSY_MONTHS.get(tick.day.month, 1.0)
    users = min(tick.deal.seats, round(tick.deal.seats * tick.engagement * busy))
    for user in range(1, users + 1):
        for _ in range(1 + (rng.random() < 0.25)):
            count = 1 + int(rng.expovariate(1 / (2 + 10 * tick.engagement)))
            yield {
                "customer_id": profile.customer_id,
                "date": day_within(tick, rng),
                "user_id": f"{profile.customer_id}-U{user:02d}",
                "feature": rng.choice(features[: tick.breadth]),
                "count": count,
                "minutes": round(count * rng.uniform(3, 9)),
            }


def usage(lives: list[Life]) -> list[Row]:
    """Use by user, day and feature; how many users and features there are follows the engagement."""
    rows: list[Row] = []
    for profile, runs in lives:
        rng = stream("usage", profile.customer_id)
        features = [FEATURES[0], *rng.sample(FEATURES[1:], len(FEATURES) - 1)]
        for run in runs:
            for tick in run.ticks:
                rows.extend(use_rows(profile, tick, features, rng))
    return sorted_known(rows, "date")


def milestones(lives: list[Life]) -> list[Row]:
    """Onboarding steps done while the customer was there; who never completes stops half-way."""
    rows: list[Row] = []
    for profile, runs in lives:
        if not runs:
            continue
        steps = list(STEPS.items())
        if profile.onboarding_days is None:
            steps = steps[: stream("steps", profile.customer_id).randint(1, 3)]
        whole = profile.onboarding_days or 90
        for step, share in steps:
            day = profile.start + timedelta(days=round(whole * share))
            if tick_on(runs[:1], day):
                rows.append({"customer_id": profile.customer_id, "milestone": step, "completed_on": day})
    return sorted_known(rows, "completed_on")


def contact(profile: Profile, tick: Tick, kind: str, rng: Random, **more: object) -> Row:
    """One meeting, mail, call or ticket."""
    note = rng.choice(NOTES[kind])
    by = "support" if kind == "ticket" else f"owner{profile.owner}"
    blank: Row = {"priority": None, "status": None}
    return {"customer_id": profile.customer_id, "date": day_within(tick, rng), "kind": kind, **blank, **more,
            "note_ja": note[0], "note_en": note[1], "by": by}  # fmt: skip


def tickets(profile: Profile, tick: Tick, rng: Random) -> Iterable[Row]:
    """The month's tickets: most are solved, the urgent ones of a bad spell are not."""
    for number in range(tick.tickets):
        if number < tick.urgent:
            yield contact(profile, tick, "ticket", rng, priority="urgent", status="unresolved")
        else:
            priority = rng.choices(["low", "normal", "high"], weights=[35, 50, 15])[0]
            status = rng.choices(["resolved", "in_progress"], weights=[95, 5])[0]
            yield contact(profile, tick, "ticket", rng, priority=priority, status=status)


def interactions(lives: list[Life]) -> list[Row]:
    """Tickets, and the meetings, mails and calls of the owner, who rings up where use is low."""
    rows: list[Row] = []
    for profile, runs in lives:
        rng = stream("contacts", profile.customer_id)
        for tick in (tick for run in runs for tick in run.ticks):
            rows.extend(tickets(profile, tick, rng))
            rates = {
                "meeting": MEETING_RATE[profile.touch],
                "mail": 0.2,
                "call": 0.2 if tick.engagement < 0.3 else 0.06,
            }
            rows.extend(contact(profile, tick, kind, rng) for kind, rate in rates.items() if rng.random() < rate)
    return sorted_known(rows, "date")


def sorted_known(rows: list[Row], field: str) -> list[Row]:
    """Rows up to the last known day, by day and customer."""
    known = [r for r in rows if r[field] <= AS_OF]  # type: ignore[operator]
    return sorted(known, key=lambda r: (r[field], r["customer_id"]))
