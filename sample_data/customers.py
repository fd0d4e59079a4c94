"""Who the invented customers are, and what fate is laid in them before the first day."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from sample_data.clock import FIRST_DAY, SEED, plus_months
from sample_data.names import BRANCHES, TRADES, Name, NameBox, store

HOW_MANY = 400
LAUNCH_CUSTOMERS = 45
IN_TIME_DAYS = 60
SEASON = {4: 1.6, 7: 0.95, 8: 0.75, 10: 1.3, 12: 0.8, 1: 0.9}  # Japanese years begin in April
GROUP_SIZES = [5, 5, 4, 4, 4, 3, 3, 3, 2, 2]
OVERLOADED_OWNER = 3  # whose customers are onboarded late more often
SEATS = {"small": (3, 7), "medium": (7, 16), "large": (16, 36)}
TOUCH = {"small": "tech", "medium": "low", "large": "high"}
OWNERS_OF = {"high": [0, 1, 2], "low": [2, 3, 3, 4], "tech": [4, 5, 5]}
PLANS_OF = {"small": (70, 30, 0), "medium": (25, 60, 15), "large": (5, 50, 45)}


@dataclass(frozen=True, slots=True)
class Profile:
    """A customer before its life is played; months count from its start."""

    customer_id: str
    name: Name
    group_id: str | None
    group: Name | None
    industry: str
    region: str
    size: str
    source: str
    touch: str
    owner: int
    plan: str
    seats: int
    billing: str
    start: date
    trial_days: int
    converts: bool
    ends_on_last_day: bool
    auto_renews: bool
    notice_days: int
    discount: float
    fit: float
    onboarding_days: int | None
    declines_at: int | None
    trouble_at: int | None

    @property
    def is_late(self) -> bool:
        """Onboarding took longer than promised, or was never completed."""
        return self.onboarding_days is None or self.onboarding_days > IN_TIME_DAYS


def stream(*purpose: object) -> Random:
    """A random stream of its own for a purpose, so that a change in one place moves nothing elsewhere."""
    return Random("/".join(map(str, (SEED, *purpose))))


def start_days(rng: Random) -> list[date]:
    """First contract days in order: a launch in April 2022, then more in April and October."""
    months = [plus_months(FIRST_DAY, k) for k in range(1, 36)]
    weights = [SEASON.get(month.month, 1.0) for month in months]
    later = rng.choices(months, weights=weights, k=HOW_MANY - LAUNCH_CUSTOMERS)
    firsts = [FIRST_DAY] * LAUNCH_CUSTOMERS + sorted(later)
    days = [first + timedelta(days=rng.choices([0, 9, 14, 20], weights=[64, 10, 16, 10])[0]) for first in firsts]
    return sorted(days)


def onboarding_days(rng: Random, owner: int, touch: str) -> int | None:
    """Days from start to the last step; None when it is never taken."""
    if rng.random() < 0.07:
        return None
    extra = 30 if owner == OVERLOADED_OWNER else 8 if touch == "tech" else 0
    return int(16 + extra + rng.expovariate(1 / 22))


def profile(number: int, start: date, names: NameBox) -> Profile:
    """One customer with everything that chance decides beforehand."""
    rng = stream("profile", number)
    industry = rng.choice(sorted(TRADES))
    size = rng.choices(["small", "medium", "large"], weights=[48, 37, 15])[0]
    touch = TOUCH[size]
    owner = rng.choice(OWNERS_OF[touch])
    billing = rng.choices(["year", "month"], weights=[58, 42])[0]
    return Profile(
        customer_id=f"C{number:04d}",
        name=names.company(industry),
        group_id=None,
        group=None,
        industry=industry,
        region=rng.choices(["kanto", "kansai", "chubu", "kyushu", "hokkaido_tohoku"], weights=[44, 22, 15, 11, 8])[0],
        size=size,
        source=rng.choices(["referral", "web", "event", "partner"], weights=[25, 40, 20, 15])[0],
        touch=touch,
        owner=owner,
        plan=rng.choices(["light", "standard", "premium"], weights=PLANS_OF[size])[0],
        seats=rng.randint(*SEATS[size]),
        billing=billing,
        start=start,
        trial_days=rng.choices([0, 14, 30], weights=[72, 12, 16])[0],
        converts=True,
        ends_on_last_day=rng.random() < 0.7,
        auto_renews=billing == "month" or rng.random() < 0.8,
        notice_days=30 if billing == "month" else rng.choice([30, 60, 60, 90]),
        discount=0.1 if rng.random() < 0.1 else 0.0,
        fit=rng.gauss(0, 1),
        onboarding_days=onboarding_days(rng, owner, touch),
        declines_at=rng.randint(4, 26) if rng.random() < 0.38 else None,
        trouble_at=rng.randint(2, 26) if rng.random() < 0.32 else None,
    )


def as_stores(customers: list[Profile], names: NameBox) -> list[Profile]:
    """The same customers, some of them now stores of a few parent companies."""
    rng = stream("groups")
    chosen = iter(rng.sample(range(len(customers)), sum(GROUP_SIZES)))
    result = list(customers)
    for number, size in enumerate(GROUP_SIZES, start=1):
        industry = rng.choice(["retail", "hospitality", "healthcare"])
        group = names.plain(industry)
        for branch in rng.sample(BRANCHES, size):
            at = next(chosen)
            result[at] = replace(
                result[at], name=store(group, branch), group_id=f"P{number:03d}", group=group,
                industry=industry, region=branch[3],
            )  # fmt: skip
    return result


def without_conversion(customers: list[Profile], how_many: int = 12) -> list[Profile]:
    """The same customers, a few of which only ever tried the product."""
    tried = set(stream("trials").sample(range(LAUNCH_CUSTOMERS, len(customers)), how_many))
    return [replace(c, converts=False, trial_days=30) if i in tried else c for i, c in enumerate(customers)]


def profiles() -> list[Profile]:
    """All customers, in order of their first day."""
    names = NameBox(stream("names"))
    days = start_days(stream("starts"))
    everyone = [profile(number, start, names) for number, start in enumerate(days, start=1)]
    return without_conversion(as_stores(everyone, names))
