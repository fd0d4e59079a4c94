"""What is odd in the contracts: rows that stand there twice, overlap, leave gaps or jump in price."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pandas as pd

from cs_kpi.book import Book
from cs_kpi.ledger import MICRO, NEVER
from cs_kpi.locale import _
from cs_kpi.periods import month_start
from cs_kpi.quality.finding import SOURCE, Finding, named

LONGEST_GAP_DAYS = 92
"""A customer that is back within a quarter has more likely renewed late, or is entered so, than left and returned."""
JUMP = 10
"""A price ten times or a tenth of the one before is more often a slip of units (円, 千円) than a price."""
OUTLIER = 1_000
"""Times the median."""
TOTAL_JUMP, FEWEST_CUSTOMERS = 0.5, 20
"""The share by which the MRR of all customers seldom moves within a month, and how many make that a rule."""
SAME = ("customer_id", "start_date", "end_date", "mrr", "product", "plan", "seats", "subscription_id")
DAY = "datetime64[D]"


def of_contracts(book: Book) -> Iterator[Finding]:
    """What is odd in the rows that carry MRR; nothing where contracts have no dates."""
    rows = book.counted
    if rows.empty or "start_date" not in rows:
        return
    twice = rows.duplicated([column for column in SAME if column in rows])
    yield Finding("repeated_contracts", _("Contract rows that stand there twice"), _(
        "These rows say the same as an earlier one, and count again. Remove them from the spreadsheet where they are "
        "no second contract."), named(book, rows[twice][_shown(rows)]))
    yield Finding("overlaps", _("Overlapping contracts of one product"), _(
        "These rows begin while an earlier row of the same customer and product still runs, so that both count. If "
        "the later one replaces the earlier one, give that an end."), _overlaps(book, rows[~twice]))
    yield Finding("gaps", _("Short gaps between contracts"), _(
        "These customers were without a contract for at most {days} days: they count as churned and as reactivated. "
        "If they renewed late, correct the dates or raise the renewal grace in the settings.", days=LONGEST_GAP_DAYS),
        _gaps(book, rows))
    yield Finding("price_jumps", _("Sudden jumps of a price"), _(
        "From one row to the next the MRR of these customers is {times} times as much, or less than that part of it. "
        "Check the unit of the amounts.", times=JUMP), _price_jumps(book, rows[~twice]))
    yield Finding("large_amounts", _("Unusually large amounts"), _(
        "These amounts are more than {times} times the usual one. Check their unit.", times=OUTLIER),
        named(book, rows[_are_large(rows["mrr"])][_shown(rows)]))
    yield Finding("credit_notes", _("Credit notes"), _(
        "Negative amounts lower the MRR of their customer while they are active, to 0 at the least."),
        named(book, rows[rows["mrr"] < 0][_shown(rows)]))
    yield Finding("total_jumps", _("Sudden jumps of the whole MRR"), _(
        "In these months the MRR of all customers moved by more than {share} %. Check whether contracts are missing "
        "before or after.", share=round(100 * TOTAL_JUMP)), _total_jumps(book))


def _shown(rows: pd.DataFrame) -> list[str]:
    """Columns that tell a contract row, without seats."""
    return [column for column in (*SOURCE, *SAME) if column in rows and column != "seats"]


def _in_order(book: Book, rows: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """Rows by what makes them one line of contracts and by their start, and whether each follows one of its line.

    One line is a customer with one product (else plan) and, where contracts are numbered, one number.
    """
    product = next((column for column in ("product", "plan") if book.has(f"subscriptions.{column}")), None)
    keys = [column for column in ("customer_id", product, "subscription_id") if column in rows]
    line = rows.groupby(keys, dropna=False, sort=False).ngroup().to_numpy()
    order = np.lexsort((rows["start_date"].to_numpy(), line))
    line = line[order]
    return rows.iloc[order], np.append(False, line[1:] == line[:-1]) if len(line) else np.zeros(0, dtype=bool)


def _overlaps(book: Book, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows that start before the latest end so far of their line, a blank one being never."""
    rows, follows = _in_order(book, rows[rows["mrr"] > 0])
    ends = _days(rows["end_date"], NEVER) if "end_date" in rows else np.full(len(rows), NEVER)
    line = np.cumsum(~follows)
    latest = pd.Series(ends).groupby(line).cummax().to_numpy()
    before = np.append(0, latest[:-1]) if len(latest) else latest
    is_over = follows & (_days(rows["start_date"], 0) < before)
    found = rows[is_over]
    day = pd.Series(np.where(before[is_over] < NEVER, before[is_over], np.nan), index=found.index)
    return named(book, found[_shown(rows)].assign(previous_end=pd.to_datetime(day, unit="D")))


def _gaps(book: Book, rows: pd.DataFrame) -> pd.DataFrame:
    customer, begin, end = book.ledger.spells
    goes_on = np.append(customer[1:] == customer[:-1], False) if len(customer) else np.zeros(0, dtype=bool)
    following = np.append(begin[1:], NEVER) if len(begin) else begin
    is_gap = goes_on & (following - end <= LONGEST_GAP_DAYS)
    found = pd.DataFrame({
        "customer_id": book.customer_ids[customer[is_gap]],
        "previous_end": end[is_gap].astype(DAY), "next_start": following[is_gap].astype(DAY),
        "gap_days": (following - end)[is_gap]})
    source = [column for column in SOURCE if column in rows]
    first = rows.drop_duplicates(["customer_id", "start_date"])[["customer_id", "start_date", *source]]
    joined = found.merge(first, how="left", left_on=["customer_id", "next_start"],
                         right_on=["customer_id", "start_date"])
    return named(book, joined.drop(columns="start_date"))


def _price_jumps(book: Book, rows: pd.DataFrame) -> pd.DataFrame:
    rows, follows = _in_order(book, rows[rows["mrr"] > 0])
    before = rows["mrr"].shift().to_numpy()
    with np.errstate(invalid="ignore"):
        ratio = rows["mrr"].to_numpy() / before
        jumps = follows & ((ratio >= JUMP) | (ratio <= 1 / JUMP))
    return named(book, rows[jumps][_shown(rows)].assign(previous_mrr=before[jumps]))


def _are_large(mrr: pd.Series) -> pd.Series:
    return mrr > OUTLIER * mrr[mrr > 0].median()


def _total_jumps(book: Book) -> pd.DataFrame:
    """Months at whose closing the MRR differs by more than TOTAL_JUMP from the closing before."""
    found: list[tuple[dt.date, float, float]] = []
    if book.first_day is not None and book.as_of is not None:
        closings = _month_ends(book.first_day, book.as_of)
        totals = [(day, int(vector.sum()), int((vector > 0).sum())) for day, vector in zip(
            closings, book.ledger.closings([(day - dt.date(1970, 1, 1)).days for day in closings]), strict=True)]
        found = [(day, before / MICRO, after / MICRO)
                 for (_day, before, many), (day, after, _many) in pairwise(totals)
                 if many >= FEWEST_CUSTOMERS and abs(after - before) > TOTAL_JUMP * before]
    return pd.DataFrame(found, columns=["month", "previous_mrr", "mrr"]).assign(
        month=[f"{day:%Y-%m}" for day, _before, _after in found])


def _month_ends(first: dt.date, last: dt.date) -> list[dt.date]:
    """The last day of every whole month from the one of `first` to `last`."""
    ends, day = [], month_start(first, 1) - dt.timedelta(days=1)
    while day <= last:
        ends.append(day)
        day = month_start(day, 2) - dt.timedelta(days=1)
    return ends


def _days(dates: pd.Series, blank: int) -> np.ndarray:
    day = dates.to_numpy(dtype=DAY)
    return np.where(np.isnat(day), blank, day.astype(np.int64))
