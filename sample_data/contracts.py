"""Contract rows out of played lives: renewals, price changes, add-ons, trials, set-up fees and credit notes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import groupby

from sample_data.clock import AS_OF, FIRST_DAY, plus_months
from sample_data.customers import Profile, stream
from sample_data.lives import Run, Tick

SEAT_PRICE = {  # per seat and month: yen and dollars, before and after the price rise of April 2024
    "light": ((1500, 1600), (12, 13)),
    "standard": ((2500, 2700), (20, 22)),
    "premium": ((4000, 4300), (32, 35)),
    "insight": ((600, 600), (5, 5)),
    "connect": ((900, 900), (7, 7)),
}
SETUP_FEE = {"small": (50_000, 450), "medium": (150_000, 1_200), "large": (400_000, 3_500)}
PRODUCT_LETTER = {"core": "A", "insight": "B", "connect": "C"}
VARIABLE_FEE = (12_000, 90)
CREDITS = 3


@dataclass(frozen=True, slots=True)
class Contract:
    """One row of the contract table; fees are per month (the whole for one-time rows), before discount."""

    subscription_id: str
    customer_id: str
    product: str
    plan: str
    seats: int | None
    start_date: date
    end_date: date | None
    term_end: date | None
    auto_renews: bool | None
    notice_days: int | None
    charge_kind: str
    interval: str
    discount: float
    fee_jpy: int
    fee_usd: int


def written_end(profile: Profile, day: date) -> date:
    """How this customer's contracts write an end before `day`: as the last day, or as the day after it."""
    return day - timedelta(days=1) if profile.ends_on_last_day else day


def monthly_fees(product: str, tick: Tick) -> tuple[int, int]:
    """List price of a product for one contract month, in yen and dollars."""
    yen, dollars = SEAT_PRICE[tick.deal.plan if product == "core" else product]
    return yen[tick.deal.price_list] * tick.deal.seats, dollars[tick.deal.price_list] * tick.deal.seats


def row(profile: Profile, number: int, product: str, ticks: list[Tick], ended: bool) -> Contract:
    """One row for contract months with the same price in the same term."""
    first, last = ticks[0], ticks[-1]
    run_start = plus_months(first.day, -first.index)
    yearly = profile.billing == "year"
    yen, dollars = monthly_fees(product, first)
    return Contract(
        subscription_id=f"S{profile.customer_id[1:]}-{number}{PRODUCT_LETTER[product]}",
        customer_id=profile.customer_id,
        product=product,
        plan=first.deal.plan,
        seats=first.deal.seats if product == "core" else None,
        start_date=first.day,
        end_date=written_end(profile, last.until) if ended else None,
        term_end=written_end(profile, plus_months(run_start, 12 * (first.deal.term + 1))) if yearly else None,
        auto_renews=profile.auto_renews,
        notice_days=profile.notice_days,
        charge_kind="recurring",
        interval=profile.billing,
        discount=profile.discount,
        fee_jpy=yen,
        fee_usd=dollars,
    )


def same_row(product: str, tick: Tick) -> tuple[object, ...]:
    """What two contract months must share to stand in one row; the place keeps a dropped product's pieces apart."""
    deal = tick.deal
    return product == "core" or product in deal.add_ons, deal.plan, deal.seats, deal.price_list, deal.term


def run_rows(profile: Profile, number: int, run: Run) -> Iterable[Contract]:
    """The recurring rows of one stay, product by product."""
    for product in ("core", "insight", "connect"):
        for key, group in groupby(run.ticks, partial(same_row, product)):
            ticks = list(group)
            if key[0]:
                ended = run.left_on is not None or ticks[-1] is not run.ticks[-1]
                yield row(profile, number, product, ticks, ended)


def extra(profile: Profile, charge_kind: str, start: date, end: date | None, fees: tuple[int, int]) -> Contract:
    """A row beside the recurring ones: a trial, a set-up fee, a charge by use."""
    interval = "month" if charge_kind == "variable" else "once"
    return Contract(
        f"S{profile.customer_id[1:]}-{charge_kind[0].upper()}", profile.customer_id, "core", profile.plan, None,
        start, end, None, None, None, charge_kind, interval, 0.0, *fees,
    )  # fmt: skip


def first_rows(profile: Profile) -> Iterable[Contract]:
    """The trial, if there was one, and the set-up fee, if one was asked for."""
    opened = profile.start - timedelta(days=profile.trial_days) if profile.converts else profile.start
    if profile.trial_days and opened >= FIRST_DAY:
        trial_end = written_end(profile, opened + timedelta(days=profile.trial_days))
        yield extra(profile, "trial", opened, trial_end, (0, 0))
    if profile.converts and stream("setup", profile.customer_id).random() < 0.6:
        yield extra(profile, "one_time", profile.start, profile.start, SETUP_FEE[profile.size])


def variable_rows(profile: Profile, runs: tuple[Run, ...]) -> Iterable[Contract]:
    """A charge by use for a few customers of the largest plan."""
    if profile.plan == "premium" and stream("variable", profile.customer_id).random() < 0.35:
        for run in runs:
            end = written_end(profile, run.left_on) if run.left_on else None
            yield extra(profile, "variable", run.ticks[0].day, end, VARIABLE_FEE)


def credit_notes(rows: list[Contract]) -> Iterable[Contract]:
    """Three months' credit of a fifth of the fee, for a few customers whose long row leaves room for it."""
    roomy = [
        r for r in rows
        if r.product == "core" and r.interval == "month" and r.charge_kind == "recurring" and r.fee_jpy > 30_000
        and plus_months(r.start_date, 9) < (r.end_date or AS_OF)
    ]  # fmt: skip
    for chosen in sorted(stream("credits").sample(roomy, CREDITS), key=lambda r: r.customer_id):
        start = plus_months(chosen.start_date, 2)
        yield replace(
            chosen, seats=None, start_date=start, end_date=plus_months(start, 3) - timedelta(days=1), discount=0.0,
            fee_jpy=-(chosen.fee_jpy // 500) * 100, fee_usd=-(chosen.fee_usd // 5),
        )  # fmt: skip


def contracts(lives: list[tuple[Profile, tuple[Run, ...]]]) -> list[Contract]:
    """All contract rows, by customer and start."""
    rows: list[Contract] = []
    for profile, runs in lives:
        rows.extend(first_rows(profile))
        for number, run in enumerate(runs, start=1):
            rows.extend(run_rows(profile, number, run))
        rows.extend(variable_rows(profile, runs))
    rows.extend(credit_notes(rows))
    return sorted(rows, key=lambda r: (r.customer_id, r.start_date, r.subscription_id, r.fee_jpy))
