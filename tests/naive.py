"""The handbook read aloud: rows, days and customers in plain loops, slow and without a single trick.

Written from handbook 2 to 4 alone, to be compared with the engine. Money is an integer number of 10^-6 currency
units, shares are fractions, days are dates; nothing here imports the engine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

MICRO = 1_000_000
DAY = dt.timedelta(days=1)
NOT_SET = None


@dataclass(frozen=True)
class Row:
    """One price interval of one contract, as the canonical table has it; `mrr` as a fraction of a currency unit."""

    customer: str
    start: dt.date
    end: dt.date | None
    mrr: Fraction
    kind: str = "recurring"
    product: str | None = None
    plan: str | None = None
    currency: str | None = None
    term_end: dt.date | None = None
    seats: int | None = None


@dataclass(frozen=True)
class Use:
    """One row of usage; `minutes` None where the row does not say."""

    customer: str
    day: dt.date
    user: str | None = None
    feature: str | None = None
    count: int = 1
    minutes: int | None = None


@dataclass(frozen=True)
class Answer:
    """One answer to a survey."""

    customer: str
    day: dt.date
    kind: str
    score: int
    scale: int
    respondent: str | None = None


@dataclass(frozen=True)
class Step:
    """A milestone that a customer reached."""

    customer: str
    name: str
    day: dt.date


@dataclass(frozen=True)
class Sheet:
    """A whole book: its rows, its customers' attributes and what was set."""

    rows: tuple[Row, ...]
    attributes: dict[str, dict[str, str | None]] = field(default_factory=dict)
    started_on: dict[str, dt.date] = field(default_factory=dict)
    has_product: bool = True
    grace_days: int = 1
    counts_variable: bool = False
    tax_rate: Fraction | None = None
    rates: dict[str, Fraction] = field(default_factory=dict)
    as_of: dt.date | None = None
    data_from: dt.date | None = None
    fiscal_year_start: int = 1
    today: dt.date = dt.date(2026, 1, 1)
    usage: tuple[Use, ...] = ()
    answers: tuple[Answer, ...] = ()
    steps: tuple[Step, ...] = ()
    completed_on: dict[str, dt.date] = field(default_factory=dict)
    margin: Fraction | None = None
    ltv_window: int = 12
    cohort_months: int = 12
    active_min: int = 1
    key_features: tuple[str, ...] = ()
    onboarding_days: int = 90

    @cached_property
    def last_day(self) -> dt.date:
        """The last day that the data speaks of: ends of contracts say so only where these stand alone."""
        if self.as_of:
            return self.as_of
        traces = [trace.day for trace in (*self.usage, *self.answers, *self.steps) if trace.day <= self.today]
        ends = [] if traces else [row.end for row in self.rows if row.end]
        return max(date for date in [*traces, *ends, *(row.start for row in self.rows)] if date <= self.today)

    @cached_property
    def counted(self) -> list[Row]:
        return [row for row in self.rows
                if row.kind == "recurring" or (row.kind == "variable" and self.counts_variable)]

    @cached_property
    def customers(self) -> list[str]:
        traces = {trace.customer for trace in (*self.usage, *self.answers, *self.steps)}
        return sorted({row.customer for row in self.rows} | set(self.attributes) | set(self.completed_on) | traces)

    def micro(self, row: Row) -> int:
        """The row's MRR, fixed once: tax taken off, converted, half up (half away from zero below it)."""
        exact = row.mrr * self.rates.get(row.currency or "", Fraction(1))
        if self.tax_rate is not None:
            exact /= 1 + self.tax_rate
        size = int(abs(exact) * MICRO + Fraction(1, 2))
        return size if exact >= 0 else -size

    def bridged_end(self, row: Row) -> dt.date | None:
        """The first start of another row that renews this one, else its own end."""
        if row.end is None:
            return None
        renewals = []
        for other in self.counted:
            same = other.customer == row.customer and (not self.has_product or other.product == row.product)
            if same and other.start > row.start and row.end <= other.start <= row.end + self.grace_days * DAY:
                renewals.append(other.start)
        return min(renewals, default=row.end)

    @cached_property
    def ends(self) -> list[tuple[Row, dt.date | None, int]]:
        return [(row, self.bridged_end(row), self.micro(row)) for row in self.counted]

    def active_rows(self, customer: str, day: dt.date) -> Iterator[tuple[Row, int]]:
        for row, end, micro in self.ends:
            if row.customer == customer and row.start <= day and (end is None or day < end):
                yield row, micro

    @cached_property
    def diaries(self) -> dict[str, dict[dt.date, int]]:
        """For every customer its MRR at the closing of every day up to the last day."""
        first = min((row.start for row in self.counted), default=self.last_day)
        diaries: dict[str, dict[dt.date, int]] = {}
        for customer in self.customers:
            diary = diaries[customer] = {}
            mine = [entry for entry in self.ends if entry[0].customer == customer]
            day = first
            while day <= self.last_day:
                total = 0
                for row, end, micro in mine:
                    if row.start <= day and (end is None or day < end):
                        total += micro
                if total > 0:
                    diary[day] = total
                day += DAY
        return diaries

    def mrr(self, customer: str, day: dt.date) -> int:
        return self.diaries[customer].get(day, 0)

    def by_value(self, customer: str, day: dt.date, column: str) -> dict[str | None, int]:
        """MRR per product or plan at the closing of the day."""
        found: dict[str | None, int] = {}
        for row, micro in self.active_rows(customer, day):
            value = getattr(row, column)
            found[value] = found.get(value, 0) + micro
        return found

    def first_active_day(self, customer: str) -> dt.date | None:
        """None for whoever never was active, and for opening customers whose real first day is not known.

        Opening is read as "active on some day before `data_from`": a cohort of an earlier day would hold only those
        who left, since those who stayed are outside cohorts.
        """
        days = self.diaries[customer]
        if not days:
            return None
        if self.data_from is not None and min(days) < self.data_from:
            return self.started_on.get(customer)
        return min(days)

    def start_cohort(self, customer: str, by: str) -> str | None:
        """The calendar month, or the year or quarter of the fiscal year, in which the customer started."""
        day = self.first_active_day(customer) if self.diaries[customer] else self.planned_start(customer)
        if day is None:
            return NOT_SET
        if by == "start_month":
            return f"{day:%Y-%m}"
        year = day.year if day.month >= self.fiscal_year_start else day.year - 1
        name = f"{'FY' if self.fiscal_year_start != 1 else ''}{year}"
        months_into_year = (day.month - self.fiscal_year_start) % 12
        return name if by == "start_year" else f"{name}-Q{months_into_year // 3 + 1}"

    def planned_start(self, customer: str) -> dt.date | None:
        """The first day on which a customer that has not been active yet will be."""
        days = {day for row, end, _micro in self.ends if row.customer == customer for day in (row.start, end) if day}
        paying = [day for day in sorted(days) if sum(micro for _row, micro in self.active_rows(customer, day)) > 0]
        return min(paying, default=None)

    def segment(self, customer: str, day: dt.date, by: str) -> str | None:
        """The customer's segment at the closing of a day: an attribute, or the plan or product with the most MRR."""
        if by.startswith("start_"):
            return self.start_cohort(customer, by)
        if by not in ("plan", "product"):
            return self.attributes.get(customer, {}).get(by)
        best: tuple[str | None, int] | None = None
        for value, micro in sorted(self.by_value(customer, day, by).items(), key=lambda item: _name(item[0])):
            if best is None or micro > best[1]:
                best = (value, micro)
        return best[0] if best else NOT_SET


def _name(value: str | None) -> tuple[bool, str]:
    """Ties go by name; what has none comes last."""
    return (value is None, value or "")


@dataclass
class Fate:
    """What one customer did between opening and closing; money in micro-units, upsell and cross-sell as fractions."""

    opening: int = 0
    closing: int = 0
    new: int = 0
    reactivation: int = 0
    expansion: int = 0
    contraction: int = 0
    churn: int = 0
    upsell: Fraction = Fraction(0)
    cross_sell: Fraction = Fraction(0)
    within: bool = False
    opening_segment: str | None = None
    closing_segment: str | None = None

    @property
    def movement_segment(self) -> str | None:
        return self.opening_segment if self.opening > 0 else self.closing_segment


@dataclass(frozen=True)
class Reach:
    """A period as two days: the closings between which it moves."""

    start: dt.date
    end: dt.date


def opening_day(sheet: Sheet, reach: Reach) -> dt.date:
    return min(reach.start - DAY, sheet.last_day)


def closing_day(sheet: Sheet, reach: Reach) -> dt.date:
    return min(reach.end, sheet.last_day)


def fate(sheet: Sheet, customer: str, reach: Reach, by: str | None = None) -> Fate:
    before, after = opening_day(sheet, reach), closing_day(sheet, reach)
    o, c = sheet.mrr(customer, before), sheet.mrr(customer, after)
    diary = sheet.diaries[customer]
    mine = Fate(opening=o, closing=c)
    was_before = any(day <= before for day in diary)
    if o == 0 and c > 0 and not was_before:
        mine.new = c
    elif o == 0 and c > 0:
        mine.reactivation = c
    elif 0 < o < c:
        mine.expansion = c - o
        mine.upsell, mine.cross_sell = split(sheet, customer, before, after, c - o)
    elif 0 < c < o:
        mine.contraction = o - c
    elif c == 0 and o > 0:
        mine.churn = o
    mine.within = o == 0 and c == 0 and any(before < day <= after for day in diary)
    if by is not None:
        mine.opening_segment = sheet.segment(customer, before, by) if o > 0 else None
        mine.closing_segment = sheet.segment(customer, after, by) if c > 0 else None
    return mine


def split(sheet: Sheet, customer: str, before: dt.date, after: dt.date, expansion: int) -> tuple[Fraction, Fraction]:
    """Upsell and cross-sell of a customer whose total rose; a product's MRR, too, is at least 0."""
    if not sheet.has_product:
        return Fraction(expansion), Fraction(0)
    opened, closed = sheet.by_value(customer, before, "product"), sheet.by_value(customer, after, "product")
    upsell = cross_sell = 0
    for product in {*opened, *closed}:
        o_p, c_p = max(opened.get(product, 0), 0), max(closed.get(product, 0), 0)
        if o_p == 0:
            cross_sell += c_p
        else:
            upsell += max(c_p - o_p, 0)
    if upsell + cross_sell == 0:
        return Fraction(expansion), Fraction(0)
    return (Fraction(expansion * upsell, upsell + cross_sell), Fraction(expansion * cross_sell, upsell + cross_sell))


@dataclass(frozen=True)
class Told:
    """What the handbook says of one KPI: money in micro-units, counts as they are; None where it is not said."""

    numerator: Fraction
    denominator: Fraction | None
    n: int
    status: str

    @property
    def value(self) -> Fraction | None:
        if self.status in ("undefined", "not_available"):
            return None
        return self.numerator if self.denominator is None else self.numerator / self.denominator


@dataclass(frozen=True)
class Telling:
    """One period of a book, cut by a field or not: what every customer did, and any KPI of any segment."""

    sheet: Sheet
    reach: Reach
    by: str | None = None

    @cached_property
    def fates(self) -> list[Fate]:
        return [fate(self.sheet, customer, self.reach, self.by) for customer in self.sheet.customers]

    @cached_property
    def segments(self) -> set[str | None]:
        """Segments in which somebody was or is."""
        return ({f.opening_segment for f in self.fates if f.opening}
                | {f.closing_segment for f in self.fates if f.closing})

    @property
    def within_period(self) -> int:
        return sum(1 for f in self.fates if f.within)

    def of(self, kpi: str, segment: str | None = None) -> Told:
        """A KPI of everybody, or of one segment where the telling is cut."""
        whole = self.by is None
        at_open = [f for f in self.fates if f.opening > 0 and (whole or f.opening_segment == segment)]
        at_close = [f for f in self.fates if f.closing > 0 and (whole or f.closing_segment == segment)]
        moved = [f for f in self.fates if (f.opening or f.closing) and (whole or f.movement_segment == segment)]
        top, below, n, looks_back = _parts(kpi, at_open, at_close, moved)
        status = _status(self.sheet, kpi, self.reach, below, n, looks_back)
        return Told(Fraction(top), None if below is None else Fraction(below), n, status)


def _parts(kpi: str, B: list[Fate], E: list[Fate],
           moved: list[Fate]) -> tuple[Fraction | int, int | None, int, bool]:
    """Numerator, denominator, customers in the denominator, and whether the KPI looks back to the opening."""
    opening = sum(f.opening for f in B)
    new, back = sum(f.new for f in moved), sum(f.reactivation for f in moved)
    up, down, lost = (sum(getattr(f, name) for f in moved) for name in ("expansion", "contraction", "churn"))
    closing = sum(f.closing for f in E)
    losers = sum(1 for f in moved if f.contraction or f.churn)
    upsell, cross_sell = sum((f.upsell for f in moved), Fraction(0)), sum((f.cross_sell for f in moved), Fraction(0))
    table: dict[str, tuple[Fraction | int, int | None, int, bool]] = {
        "mrr": (closing, None, len(E), False),
        "arr": (12 * closing, None, len(E), False),
        "customers": (len(E), None, len(E), False),
        "new_customers": (sum(1 for f in moved if f.new), None, 0, True),
        "reactivated_customers": (sum(1 for f in moved if f.reactivation), None, 0, True),
        "churned_customers": (sum(1 for f in moved if f.churn), None, 0, True),
        "continuing_customers": (sum(1 for f in moved if f.opening and f.closing), None, 0, True),
        "new_mrr": (new, None, 0, True),
        "reactivation_mrr": (back, None, 0, True),
        "expansion_mrr": (up, None, 0, True),
        "contraction_mrr": (down, None, 0, True),
        "churn_mrr": (lost, None, 0, True),
        "upsell_mrr": (upsell, None, 0, True),
        "cross_sell_mrr": (cross_sell, None, 0, True),
        "arpa": (closing, len(E), len(E), False),
        "net_new_mrr": (new + back + up - down - lost, None, 0, True),
        "customer_churn_rate": (sum(1 for f in B if f.closing == 0), len(B), len(B), True),
        "gross_revenue_churn_rate": (lost + down, opening, len(B), True),
        "net_revenue_churn_rate": (lost + down - up, opening, len(B), True),
        "grr": (opening - lost - down, opening, len(B), True),
        "nrr": (opening - lost - down + up, opening, len(B), True),
        "quick_ratio": (new + back + up, down + lost, losers, True),
        "upsell_rate": (upsell, opening, len(B), True),
        "cross_sell_rate": (cross_sell, opening, len(B), True),
        "expansion_customer_rate": (sum(1 for f in B if f.closing > f.opening), len(B), len(B), True),
    }
    return table[kpi]


def _status(sheet: Sheet, kpi: str, reach: Reach, whole: int | None, n: int, looks_back: bool) -> str:
    """The first of the handbook's words that applies.

    A period that opens before `data_from` has no rates; its movements are not known either, since nobody knows who
    was there at its opening.
    """
    in_the_dark = sheet.data_from is not None and reach.start < sheet.data_from
    if kpi in ("cross_sell_mrr", "cross_sell_rate") and not sheet.has_product:
        return "not_available"
    if whole == 0 or (in_the_dark and looks_back):
        return "undefined"
    if sheet.last_day < reach.end:
        return "incomplete"
    if whole is not None and n < 30:
        return "small_sample"
    return "ok"


MOVEMENTS = ("new", "reactivation", "expansion", "contraction", "churn")


def movement_lines(sheet: Sheet, reach: Reach, by: str | None = None) -> dict[str | None, dict[str, int]]:
    """The movement table of one period: per segment its opening, movements, moved and closing, in micro-units."""
    lines: dict[str | None, dict[str, int]] = {}

    def add(segment: str | None, name: str, amount: int) -> None:
        line = lines.setdefault(segment, dict.fromkeys(("opening", *MOVEMENTS, "moved", "closing"), 0))
        line[name] += amount

    for customer in sheet.customers:
        mine = fate(sheet, customer, reach, by)
        if mine.opening:
            add(mine.opening_segment, "opening", mine.opening)
        if mine.closing:
            add(mine.closing_segment, "closing", mine.closing)
        for name in MOVEMENTS:
            if getattr(mine, name):
                add(mine.movement_segment, name, getattr(mine, name))
        if mine.opening and mine.closing and mine.opening_segment != mine.closing_segment:
            add(mine.opening_segment, "moved", -mine.closing)
            add(mine.closing_segment, "moved", mine.closing)
    return lines
