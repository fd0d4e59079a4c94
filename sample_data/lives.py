"""How each customer's life goes, contract month by contract month, and what makes it leave, grow or shrink."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from math import exp
from random import Random

from sample_data.clock import AS_OF, PRICE_RISE, plus_months
from sample_data.customers import Profile, stream

ADD_ONS = ("insight", "connect")
PLANS = ("light", "standard", "premium")
BASE_LOGIT = {"month": -4.5, "year": -1.65}  # a yearly customer decides once a year, and then more often leaves
RETURN_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Deal:
    """What is paid for during one contract month."""

    plan: str
    seats: int
    add_ons: tuple[str, ...]
    price_list: int
    term: int


@dataclass(frozen=True, slots=True)
class Tick:
    """One contract month: what was paid for, and how it went."""

    index: int
    day: date
    until: date
    deal: Deal
    engagement: float
    tickets: int
    urgent: int

    @property
    def breadth(self) -> int:
        """How many of the six features are in use."""
        return min(6, 1 + int(self.engagement * 6.5))


@dataclass(frozen=True, slots=True)
class Run:
    """One unbroken stay; `left_on` is the first day without a contract."""

    ticks: tuple[Tick, ...]
    left_on: date | None
    cause: str | None


def engagement(profile: Profile, index: int, noise: float) -> float:
    """Share of what could be used that is used: grows at first, less when onboarded late, sinks in a decline."""
    level = 0.42 + 0.13 * profile.fit + 0.045 * min(index, 5)
    level -= 0.12 if profile.is_late else 0.0
    if profile.declines_at is not None and index >= profile.declines_at:
        level -= min(0.11 * (index - profile.declines_at + 1), 0.5)
    return min(0.97, max(0.03, level + noise))


def pulls(profile: Profile, past: list[Tick]) -> dict[str, float]:
    """What draws the customer away, on the logit scale, by cause."""
    now, before = past[-1], past[max(0, len(past) - 4)]
    stress = sum(tick.urgent for tick in past[-3:])
    dearer = now.deal.price_list > past[max(0, len(past) - 3)].deal.price_list
    return {
        "onboarding": 0.95 if profile.is_late else -0.25,
        "usage": 4.2 * (0.5 - now.engagement) + 4.0 * max(0.0, before.engagement - now.engagement),
        "support": 1.15 * min(stress, 3),
        "price": 0.6 if dearer else 0.0,
    }


def cause_of_leaving(profile: Profile, past: list[Tick], day: date, rng: Random) -> str | None:
    """Why the customer leaves on this day; None when it stays."""
    parts = pulls(profile, past)
    fiscal_year_end = 0.35 if day.month == 4 else 0.0
    logit = BASE_LOGIT[profile.billing] + sum(parts.values()) + fiscal_year_end
    if rng.random() >= 1 / (1 + exp(-logit)):
        return None
    strongest = max(parts, key=lambda cause: parts[cause])
    return strongest if parts[strongest] > 0.4 else rng.choice(["business", "competitor"])


def grown(deal: Deal, last: Tick, rng: Random) -> Deal:
    """The deal after good use: more seats, a better plan, another product where use is broad."""
    if last.engagement > 0.62 and rng.random() < 0.075:
        deal = replace(deal, seats=deal.seats + max(1, round(deal.seats * rng.uniform(0.1, 0.35))))
    if last.engagement > 0.72 and deal.plan != "premium" and rng.random() < 0.03:
        deal = replace(deal, plan=PLANS[PLANS.index(deal.plan) + 1])
    missing = [product for product in ADD_ONS if product not in deal.add_ons]
    if last.breadth >= 5 and missing and rng.random() < 0.05:
        deal = replace(deal, add_ons=(*deal.add_ons, rng.choice(missing)))
    return deal


def shrunk(deal: Deal, last: Tick, chance: float, rng: Random) -> Deal:
    """The deal after poor use: fewer seats, or a product less."""
    if last.engagement > 0.4 or rng.random() >= chance:
        return deal
    if deal.add_ons:
        return replace(deal, add_ons=deal.add_ons[:-1])
    return replace(deal, seats=max(2, int(deal.seats * rng.uniform(0.6, 0.85))))


def next_deal(profile: Profile, past: list[Tick], day: date, rng: Random) -> Deal:
    """What is paid for from `day` on; a yearly contract shrinks, or takes the new prices, only when it renews."""
    if not past:
        add_ons = (rng.choice(ADD_ONS),) if rng.random() < 0.12 else ()
        return Deal(profile.plan, profile.seats, add_ons, int(day >= PRICE_RISE), 0)
    last = past[-1]
    deal = grown(last.deal, last, rng) if len(past) >= 3 else last.deal
    renews = len(past) % 12 == 0
    if profile.billing == "year":
        deal = replace(deal, term=len(past) // 12)
    if renews or profile.billing == "month":
        deal = shrunk(deal, last, 0.3 if profile.billing == "year" else 0.035, rng)
        deal = replace(deal, price_list=int(day >= PRICE_RISE))
    return deal


def support(profile: Profile, index: int, rng: Random) -> tuple[int, int]:
    """Tickets of the month, and how many of them are urgent and stay unresolved."""
    rate = 0.06 + 0.004 * profile.seats
    tickets = sum(rng.random() < rate for _ in range(4))
    if profile.trouble_at is None or not 0 <= index - profile.trouble_at < 4:
        return tickets, 0
    urgent = rng.randint(1, 2)
    return tickets + urgent, urgent


def contract_months(start: date) -> Iterator[tuple[int, date]]:
    """Contract months by number and first day, up to the day after the last day that is known."""
    index, day = 0, start
    while (day - AS_OF).days <= 1:
        yield index, day
        index += 1
        day = plus_months(start, index)


def run(profile: Profile, rng: Random) -> Run:
    """One stay from the profile's start until the customer leaves or the data ends."""
    past: list[Tick] = []
    noise = 0.0
    for index, day in contract_months(profile.start):
        cause = cause_of_leaving(profile, past, day, rng) if past and decides(profile, index) else None
        if cause:
            return Run(tuple(past), day, cause)
        if day > AS_OF:
            break
        noise = 0.6 * noise + rng.gauss(0, 0.05)
        use = engagement(profile, index, noise)
        deal = next_deal(profile, past, day, rng)
        until = plus_months(profile.start, index + 1)
        past.append(Tick(index, day, until, deal, use, *support(profile, index, rng)))
    return Run(tuple(past), None, None)


def decides(profile: Profile, index: int) -> bool:
    """Whether the customer may leave at the start of this contract month."""
    return profile.billing == "month" or index % 12 == 0


def runs(profile: Profile) -> tuple[Run, ...]:
    """All stays of one customer: none for a trial that came to nothing, two for one that came back."""
    if not profile.converts:
        return ()
    rng = stream("life", profile.customer_id)
    first = run(profile, rng)
    if first.left_on is None or rng.random() >= RETURN_SHARE:
        return (first,)
    back = plus_months(first.left_on, rng.randint(3, 9))
    if back > AS_OF:
        return (first,)
    again = replace(profile, start=back, fit=profile.fit + 0.8, declines_at=None, trouble_at=None)
    return (first, run(again, rng))
