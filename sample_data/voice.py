"""What customers and their owners say: surveys, stated reasons for leaving, the owner's own rating."""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from sample_data.clock import AS_OF, plus_months
from sample_data.contracts import written_end
from sample_data.customers import Profile, stream
from sample_data.lives import Run, Tick
from sample_data.phrases import COMMENTS, LEAVING
from sample_data.traces import Life, Row, sorted_known, tick_on

CAMPAIGNS = [date(year, month, 20) for year in (2022, 2023, 2024) for month in (5, 11)]
RESPONDENTS = ("admin", "lead", "executive")


def feeling(profile: Profile, tick: Tick) -> float:
    """How content the customer is, about 0 to 1; what it is unhappy about follows the causes of its life."""
    return 0.3 + 0.75 * tick.engagement - 0.14 * tick.urgent - (0.08 if profile.is_late else 0.0)


def theme(profile: Profile, tick: Tick, content: bool, rng: Random) -> str:
    """What the answer's comment is about."""
    if content:
        return "praise"
    if tick.urgent:
        return "support"
    if profile.is_late and tick.index < 14:
        return "onboarding"
    return rng.choices(["usage", "price", "support"], weights=[70, 20, 10])[0]


def answer(profile: Profile, tick: Tick, day: date, kind: str, rng: Random) -> Row:
    """One answer with its score and, more often from the unhappy, a comment."""
    top, low = (10, 0) if kind == "nps" else (5, 1)
    mood = feeling(profile, tick) + rng.gauss(0.08, 0.16)
    score = min(top, max(low, round(low + (top - low) * mood)))
    content = score >= 0.8 * top
    says = rng.random() < (0.25 if content else 0.7)
    text = rng.choice(COMMENTS[theme(profile, tick, content, rng)]) if says else (None, None)
    return {
        "customer_id": profile.customer_id, "answered_on": day, "kind": kind, "score": score, "scale": top,
        "comment_ja": text[0], "comment_en": text[1], "respondent": rng.choices(RESPONDENTS, weights=[60, 30, 10])[0],
    }  # fmt: skip


def nps_answers(profile: Profile, runs: tuple[Run, ...], rng: Random) -> Iterable[Row]:
    """Answers to the half-yearly question: some do not answer, some companies answer twice."""
    for campaign in CAMPAIGNS:
        for _ in range(rng.choices([0, 1, 2], weights=[42, 48, 10])[0]):
            day = campaign + timedelta(days=rng.randrange(12))
            tick = tick_on(runs, day)
            if tick and tick.index >= 1:
                yield answer(profile, tick, day, "nps", rng)


def csat_answers(profile: Profile, runs: tuple[Run, ...], rng: Random) -> Iterable[Row]:
    """Answers after a ticket."""
    for tick in (tick for run in runs for tick in run.ticks if tick.tickets):
        if rng.random() < 0.35:
            day = tick.day + timedelta(days=rng.randrange((tick.until - tick.day).days))
            yield answer(profile, tick, day, "csat", rng)


def surveys(lives: list[Life]) -> list[Row]:
    """All NPS and CSAT answers."""
    rows: list[Row] = []
    for profile, runs in lives:
        rng = stream("surveys", profile.customer_id)
        rows.extend(nps_answers(profile, runs, rng))
        rows.extend(csat_answers(profile, runs, rng))
    return sorted_known(rows, "answered_on")


def cancellations(lives: list[Life]) -> list[Row]:
    """Reasons that leavers gave; one in seven gave none."""
    rows: list[Row] = []
    for profile, runs in lives:
        rng = stream("leaving", profile.customer_id)
        for run in runs:
            if run.left_on and run.cause and rng.random() < 0.86:
                text = rng.choice(LEAVING[run.cause])
                rows.append({
                    "customer_id": profile.customer_id, "cancelled_on": written_end(profile, run.left_on),
                    "reason": run.cause, "comment_ja": text[0], "comment_en": text[1],
                })  # fmt: skip
    return sorted_known(rows, "cancelled_on")


def pulse(lives: list[Life]) -> list[Row]:
    """The owner's rating once a quarter: right on the whole, with an optimist's errors."""
    days = [plus_months(date(2022, 6, 10), 3 * k) for k in range(12)]
    rows: list[Row] = []
    for profile, runs in lives:
        rng = stream("pulse", profile.customer_id)
        for day in days:
            tick = tick_on(runs, day)
            if tick and profile.touch != "tech":
                value = min(5, max(1, round(0.8 + 4.4 * feeling(profile, tick) + rng.gauss(0.2, 0.7))))
                rows.append({"customer_id": profile.customer_id, "date": day, "value": value,
                             "by": f"owner{profile.owner}", **opinion(value)})  # fmt: skip
    return sorted_known([r for r in rows if r["date"] <= AS_OF], "date")  # type: ignore[operator]


def opinion(value: int) -> Row:
    """The owner's few words beside a rating."""
    if value >= 4:
        return {"note_ja": "活用が進んでいる", "note_en": "Using it well"}
    if value == 3:
        return {"note_ja": None, "note_en": None}
    return {"note_ja": "利用が落ちている。要フォロー", "note_en": "Use is dropping, follow up"}
