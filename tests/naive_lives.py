"""The rest of handbook 4 and 5 read aloud in plain loops: renewals, lives, cohorts, onboarding, use and voice.

Beside `naive.py`, of the same kind: nothing here imports the engine.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from tests.naive import DAY, MICRO, Reach, Row, Sheet, closing_day, opening_day

KPIS = ["renewal_rate", "renewal_rate_mrr", "ltv", "revenue_to_date", "tenure_mean", "tenure_median",
        "cohort_churn_rate", "cohort_churn_to_date", "onboarding_completion_rate", "active_customer_rate",
        "active_user_rate", "feature_adoption_rate", "session_minutes", "nps", "csat"]


@dataclass(frozen=True)
class Said:
    """What the handbook says of a KPI, in units of the reading; None where it says nothing."""

    status: str
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    value: Fraction | None = None
    n: int = 0
    at_least: bool = False


def said(sheet: Sheet, kpi: str, reach: Reach, by: str | None = None, segment: str | None = None) -> Said:
    """A KPI of everybody, or of one segment where it is cut."""
    return TELLERS[kpi](sheet, reach, Cut(sheet, reach, by, segment))


@dataclass(frozen=True)
class Cut:
    """Who is in the segment at which moment; everybody where nothing is cut."""

    sheet: Sheet
    reach: Reach
    by: str | None
    segment: str | None

    def on(self, customer: str, day: dt.date | None) -> bool:
        """By the segment at the closing of a day; of an attribute the day does not matter.

        Who pays nothing has no plan and no product, whatever free contract runs.
        """
        if self.by is None:
            return True
        if self.by in ("plan", "product") and (day is None or not self.sheet.mrr(customer, day)):
            return self.segment is None
        return self.sheet.segment(customer, day or dt.date(1900, 1, 1), self.by) == self.segment

    def moved(self, customer: str) -> bool:
        """By the opening segment of who was there, else by the closing one."""
        before, after = opening_day(self.sheet, self.reach), closing_day(self.sheet, self.reach)
        return self.on(customer, before if self.sheet.mrr(customer, before) > 0 else after)

    def of_row(self, row: Row) -> bool:
        """A term is in the segment of its own plan and product; else by its customer."""
        return getattr(row, self.by) == self.segment if self.by in ("plan", "product") else self.moved(row.customer)

    def closed(self, customer: str) -> bool:
        return self.on(customer, closing_day(self.sheet, self.reach))

    def started(self, customer: str) -> bool:
        return self.on(customer, min(self.sheet.diaries[customer], default=None))


def status(sheet: Sheet, reach: Reach, n: int, is_undefined: bool, pending: int = 0) -> str:
    if is_undefined:
        return "undefined"
    if sheet.last_day < reach.end or pending:
        return "incomplete"
    return "small_sample" if n < 30 else "ok"


def ratio(sheet: Sheet, reach: Reach, top: Fraction | int, whole: Fraction | int, n: int, pending: int = 0) -> Said:
    value = Fraction(top) / Fraction(whole) if whole else None
    return Said(status(sheet, reach, n, not whole, pending), Fraction(top), Fraction(whole), value, n)


# --- renewals


def term_day(row: Row) -> dt.date | None:
    return row.term_end or row.end


def same_contract(sheet: Sheet, one: Row, other: Row) -> bool:
    return one.customer == other.customer and (not sheet.has_product or one.product == other.product)


def ended_terms(sheet: Sheet, reach: Reach) -> list[Row]:
    """Paid terms that ran out in the period and by the last day; a price change in mid-term is no end."""
    paid = [row for row in sheet.counted if sheet.micro(row) > 0]
    found = []
    for row in paid:
        day = term_day(row)
        if day is None or not reach.start <= day <= closing_day(sheet, reach):
            continue
        replaced = row.term_end and row.end and row.end < row.term_end and any(
            same_contract(sheet, row, other) and other.start > row.start
            and row.end <= other.start <= row.end + sheet.grace_days * DAY for other in paid)
        if not replaced:
            found.append(row)
    return found


def goes_on(sheet: Sheet, row: Row) -> bool:
    day = term_day(row)
    assert day is not None
    return row.end is None or row.end > day + sheet.grace_days * DAY


def renewers(sheet: Sheet, row: Row) -> list[Row]:
    """The paid rows that may renew a term: from 90 days before it to the grace after it, and longer than it."""
    day = term_day(row)
    assert day is not None
    return [other for other in sheet.counted if sheet.micro(other) > 0 and same_contract(sheet, row, other)
            and other.start > row.start and day - 90 * DAY <= other.start <= day + sheet.grace_days * DAY
            and (other.end is None or other.end > day)]


def most_renewed(sheet: Sheet, customer: str) -> dict[int, Row]:
    """A largest matching of all the customer's terms with rows that renew them: term's place -> row."""
    everything = Reach(dt.date(1990, 1, 1), dt.date(2100, 1, 1))
    whole = Sheet(**{**_fields(sheet), "as_of": dt.date(2100, 1, 1)})
    terms = [row for row in ended_terms(whole, everything) if row.customer == customer and not goes_on(sheet, row)]
    taken: dict[int, int] = {}

    def place(term: int, tried: set[int]) -> bool:
        for row in renewers(sheet, terms[term]):
            if id(row) not in tried:
                tried.add(id(row))
                if id(row) not in taken or place(taken[id(row)], tried):
                    taken[id(row)] = term
                    return True
        return False

    for term in sorted(range(len(terms)), key=lambda place_: term_day(terms[place_]) or dt.date.max):
        place(term, set())
    rows = {id(row): row for row in sheet.counted}
    return {id(terms[term]): rows[row] for row, term in taken.items()}


def _fields(sheet: Sheet) -> dict[str, object]:
    return {name: getattr(sheet, name) for name in Sheet.__dataclass_fields__}


def has_choice(sheet: Sheet) -> bool:
    """Whether some term could be renewed by several rows, or some row could renew several terms."""
    wanted: list[int] = []
    for row in sheet.counted:
        if term_day(row) and sheet.micro(row) > 0:
            candidates = renewers(sheet, row)
            if len(candidates) > 1:
                return True
            wanted += [id(one) for one in candidates]
    return len(wanted) != len(set(wanted))


def renewal_rate(sheet: Sheet, reach: Reach, cut: Cut) -> Said:
    if not any(row.end or row.term_end for row in sheet.rows):
        return Said("not_available")
    terms = [row for row in ended_terms(sheet, reach) if cut.of_row(row)]
    matched = {customer: most_renewed(sheet, customer) for customer in {row.customer for row in terms}}
    renewed = sum(1 for row in terms if goes_on(sheet, row) or id(row) in matched[row.customer])
    return ratio(sheet, reach, renewed, len(terms), len(terms))


def renewal_rate_mrr(sheet: Sheet, reach: Reach, cut: Cut) -> Said:
    if not any(row.end or row.term_end for row in sheet.rows):
        return Said("not_available")
    terms = [row for row in ended_terms(sheet, reach) if cut.of_row(row)]
    kept = 0
    for row in terms:
        found = most_renewed(sheet, row.customer).get(id(row))
        kept += sheet.micro(row) if goes_on(sheet, row) else min(sheet.micro(found), sheet.micro(row)) if found else 0
    return ratio(sheet, reach, Fraction(kept, MICRO), Fraction(sum(map(sheet.micro, terms)), MICRO),
                 len(terms))


# --- lives


def month_ends(first: dt.date, last: dt.date) -> list[dt.date]:
    """The ends of the months from that of `first` that are over by `last`."""
    found, day = [], first.replace(day=1)
    while True:
        end = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        if end > last:
            return found
        found.append(end)
        day = end + DAY


def first_day(sheet: Sheet, customer: str) -> dt.date | None:
    """The known first active day of who had begun by now; None for nobody."""
    return sheet.first_active_day(customer)


def begun(sheet: Sheet, reach: Reach, customer: str) -> bool:
    known, last = first_day(sheet, customer), closing_day(sheet, reach)
    return known is not None and known <= last and min(sheet.diaries[customer]) <= last


def window(sheet: Sheet, reach: Reach) -> list[tuple[dt.date, dt.date]]:
    """Opening and closing of the last complete months at whose openings somebody was there, since the data begins."""
    everyone = {day for diary in sheet.diaries.values() for day in diary}
    if not everyone:
        return []
    found = []
    for end in month_ends(min(everyone), closing_day(sheet, reach)):
        opening = end.replace(day=1) - DAY
        if sheet.data_from is None or opening + DAY >= sheet.data_from:
            found.append((opening, end))
    somebody = [place for place, (opening, _end) in enumerate(found) if opening in everyone]
    earlier = any(end in everyone for end in month_ends(min(everyone), found[0][0])) if found else False
    start = 0 if earlier else somebody[0] if somebody else len(found)
    return found[start:][-sheet.ltv_window:]


def ltv(sheet: Sheet, reach: Reach, cut: Cut) -> Said:
    months, last = window(sheet, reach), closing_day(sheet, reach)
    if len(months) < 3:
        return Said("undefined")
    lost = base = n = 0
    for customer in sheet.customers:
        there = [opening for opening, _end in months if sheet.mrr(customer, opening) > 0]
        if not there or not cut.on(customer, there[-1]):
            continue
        n += 1
        base += len(there)
        lost += sum(1 for opening, end in months if sheet.mrr(customer, opening) > 0 and not sheet.mrr(customer, end))
    money = [sheet.mrr(c, last) for c in sheet.customers if sheet.mrr(c, last) > 0 and cut.closed(c)]
    if not money or not base:
        return Said("undefined", n=n)
    each = Fraction(sum(money), len(money) * MICRO) * (sheet.margin or 1)
    if not lost:
        return Said("undefined", each, Fraction(0), None, n, at_least=True)
    return Said(status(sheet, reach, n, False), each, Fraction(lost, base), each / Fraction(lost, base), n)


def revenue_to_date(sheet: Sheet, reach: Reach, cut: Cut) -> Said:
    total, n, last = 0, 0, closing_day(sheet, reach)
    for customer in sheet.customers:
        days = sheet.diaries[customer]
        if not days or min(days) > last or (sheet.data_from and min(days) < sheet.data_from):
            continue
        if cut.started(customer):
            n += 1
            total += sum(sheet.mrr(customer, end) for end in month_ends(min(days), last))
    return ratio(sheet, reach, Fraction(total, MICRO), n, n)


def life(sheet: Sheet, reach: Reach, customer: str) -> tuple[Fraction, bool]:
    """Months from the first active day to the last one, both counted; and whether it ended."""
    start, last = first_day(sheet, customer), closing_day(sheet, reach)
    assert start is not None
    there = sheet.mrr(customer, last) > 0
    gone = (last if there else max(day for day in sheet.diaries[customer] if day <= last)) + DAY
    return months_from(start, gone), not there


def months_from(start: dt.date, end: dt.date) -> Fraction:
    """Whole calendar months, and the days over as a part of the month that they lie in; 0 where the end is earlier."""
    if end <= start:
        return Fraction(0)
    whole = max(count for count in range((end - start).days // 28 + 1) if months_later(start, count) <= end)
    begin = months_later(start, whole)
    return whole + Fraction((end - begin).days, (months_later(start, whole + 1) - begin).days)


def tenure_mean(sheet: Sheet, reach: Reach, cut: Cut) -> Said:
    who = [c for c in sheet.customers if begun(sheet, reach, c) and cut.started(c)]
    return ratio(sheet, reach, sum((life(sheet, reach, c)[0] for c in who), Fraction(0)), len(who), len(who))


def tenure_median(sheet: Sheet, reach: Reach, cut: Cut) -> Said:
    """Kaplan-Meier by its definition: the product over times of who stayed by who was at risk.

    Who is there is at risk at earlier times alone: that it left on the next day nobody could have seen.
    """
    lives = [life(sheet, reach, c) for c in sheet.customers if begun(sheet, reach, c) and cut.started(c)]
    left = Fraction(sum(1 for _days, ended in lives if ended))
    share, median, few = Fraction(1), None, 0
    for time in sorted({months for months, ended in lives if ended}):
        at_risk = sum(1 for months, ended in lives if months > time or (ended and months == time))
        share *= 1 - Fraction(sum(1 for months, ended in lives if ended and months == time), at_risk)
        if share <= Fraction(1, 2):
            median, few = time, at_risk
            break
    said = status(sheet, reach, min(len(lives), few), median is None)
    return Said(said, left, Fraction(len(lives)), median, len(lives))


def months_later(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def starters(sheet: Sheet, reach: Reach, cut: Cut) -> list[tuple[str, dt.date]]:
    last = closing_day(sheet, reach)
    found = [(c, first_day(sheet, c)) for c in sheet.customers]
    return [(c, day) for c, day in found if day and reach.start <= day <= last and cut.started(c)]


def cohort_churn_rate(sheet: Sheet, reach: Reach, cut: Cut) -> Said:
    ends = [(c, months_later(day, sheet.cohort_months)) for c, day in starters(sheet, reach, cut)]
    judged = [(c, end) for c, end in ends if end <= sheet.last_day]
    lost = sum(1 for c, end in judged if not sheet.mrr(c, end))
    return ratio(sheet, reach, lost, len(judged), len(judged), len(ends) - len(judged))


def cohort_churn_to_date(sheet: Sheet, reach: Reach, cut: Cut) -> Said:
    young = [c for c, day in starters(sheet, reach, cut) if months_later(day, sheet.cohort_months) > sheet.last_day]
    return ratio(sheet, reach, sum(1 for c in young if not sheet.mrr(c, sheet.last_day)), len(young), len(young))


# --- onboarding, of the criterion that the sheets offer


def onboarded_on(sheet: Sheet, customer: str) -> dt.date | None:
    """The day in the customer list, or the day of the last of all milestones; None before."""
    if sheet.completed_on:
        day = sheet.completed_on.get(customer)
    else:
        days = [min((step.day for step in sheet.steps if (step.customer, step.name) == (customer, name)), default=None)
                for name in {step.name for step in sheet.steps}]
        day = None if None in days else max(day for day in days if day)
    return day if day and day <= sheet.last_day else None


def onboarding_completion_rate(sheet: Sheet, reach: Reach, cut: Cut) -> Said:
    if not sheet.completed_on and not sheet.steps:
        return Said("not_available")
    due = done = pending = 0
    for customer, day in starters(sheet, reach, cut):
        limit = day + sheet.onboarding_days * DAY
        if limit > sheet.last_day:
            pending += 1
            continue
        due += 1
        completed = onboarded_on(sheet, customer)
        done += completed is not None and completed <= limit
    return ratio(sheet, reach, done, due, due, pending)


# --- use


def uses(sheet: Sheet, reach: Reach) -> list[object]:
    return [use for use in sheet.usage if reach.start <= use.day <= closing_day(sheet, reach)]


def there(sheet: Sheet, reach: Reach, cut: Cut) -> list[str]:
    last = closing_day(sheet, reach)
    return [c for c in sheet.customers if sheet.mrr(c, last) > 0 and cut.closed(c)]


def active_customer_rate(sheet: Sheet, reach: Reach, cut: Cut) -> Said:
    if not sheet.usage:
        return Said("not_available")
    found, who = uses(sheet, reach), there(sheet, reach, cut)
    if not found:
        return Said("undefined")
    active = [c for c in who if sum(use.count for use in found if use.customer == c) >= sheet.active_min]
    return ratio(sheet, reach, len(active), len(who), len(who))


def active_user_rate(sheet: Sheet, reach: Reach, cut: Cut) -> Said:
    paid = [row for row in sheet.counted if row.seats and sheet.micro(row) > 0]
    if not any(use.user for use in sheet.usage) or not paid:
        return Said("not_available")
    found, last = uses(sheet, reach), closing_day(sheet, reach)
    if not found:
        return Said("undefined")
    users = seats = n = 0
    for customer in there(sheet, reach, cut):
        mine = sum(row.seats for row, micro in sheet.active_rows(customer, last) if row.seats and micro > 0)
        if mine:
            seats, n = seats + mine, n + 1
            users += len({use.user for use in found if use.customer == customer and use.user})
    return ratio(sheet, reach, users, seats, n)


def feature_adoption_rate(sheet: Sheet, reach: Reach, cut: Cut) -> Said:
    known = {use.feature for use in sheet.usage if use.feature}
    if not sheet.key_features or not set(sheet.key_features) <= known:
        return Said("not_available")
    found, who = uses(sheet, reach), there(sheet, reach, cut)
    if not found:
        return Said("undefined")
    adopted = [c for c in who if set(sheet.key_features) <= {use.feature for use in found if use.customer == c}]
    return ratio(sheet, reach, len(adopted), len(who), len(who))


def session_minutes(sheet: Sheet, reach: Reach, cut: Cut) -> Said:
    if not any(use.minutes is not None for use in sheet.usage):
        return Said("not_available")
    timed = [use for use in uses(sheet, reach) if use.minutes is not None and cut.moved(use.customer)]
    return ratio(sheet, reach, sum(use.minutes for use in timed), len(timed), len({use.customer for use in timed}))


# --- voice


def answers(sheet: Sheet, reach: Reach, cut: Cut, kind: str) -> list[object]:
    return [one for one in sheet.answers if one.kind == kind and reach.start <= one.day <= closing_day(sheet, reach)
            and cut.moved(one.customer)]


def nps(sheet: Sheet, reach: Reach, cut: Cut) -> Said:
    if not any(one.kind == "nps" for one in sheet.answers):
        return Said("not_available")
    latest: dict[object, object] = {}
    for place, one in enumerate(answers(sheet, reach, cut, "nps")):
        key = (one.customer, one.respondent) if one.respondent else place
        if key not in latest or (one.day, -one.score) > (latest[key].day, -latest[key].score):
            latest[key] = one
    scores = [one.score for one in latest.values()]
    balance = sum(1 for score in scores if score >= 9) - sum(1 for score in scores if score <= 6)
    n = len(scores)
    points = Fraction(100 * balance, n) if n else None
    return Said(status(sheet, reach, n, not n), Fraction(balance), Fraction(n), points, n)


def csat(sheet: Sheet, reach: Reach, cut: Cut) -> Said:
    if not any(one.kind == "csat" for one in sheet.answers):
        return Said("not_available")
    found = answers(sheet, reach, cut, "csat")
    good = sum(1 for one in found if one.score >= Fraction(4, 5) * one.scale)
    return ratio(sheet, reach, good, len(found), len(found))


TELLERS: dict[str, Callable[[Sheet, Reach, Cut], Said]] = {name: globals()[name] for name in KPIS}
