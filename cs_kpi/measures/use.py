"""The measures of use: who was active, how many users, which features, how long (handbook 4).

The usage table is turned into arrays by day once per Book; a period is a slice of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cs_kpi.book import Book, days
from cs_kpi.ledger import MICRO, Ints, months
from cs_kpi.locale import Message, _
from cs_kpi.measures.moments import Moment
from cs_kpi.measures.registry import measure
from cs_kpi.order import stable_order


@dataclass(frozen=True)
class UseLog:
    """The rows of the usage table by day, one entry a row.

    count : number of uses in 10^-6
    minutes : in 10^-6; 0 where `has_minutes` is False
    user, user_customer : place of the row's user (-1: none), and the customer of each user
    feature, features : place of the row's feature (-1: none), and their names in order
    """

    day: Ints
    customer: Ints
    count: Ints
    minutes: Ints
    has_minutes: np.ndarray
    user: Ints
    user_customer: Ints
    feature: Ints
    features: tuple[str, ...]

    def part(self, now: Moment) -> slice:
        """The rows of a period, as far as the data speaks."""
        first, last = now.days
        return slice(*np.searchsorted(self.day, [first, last + 1]).tolist())


def use_log(book: Book) -> UseLog:
    """The usage rows of known customers, by day."""
    return book.of_table("usage", "log", lambda: log_of(book.tables["usage"], book.codes_of("usage")))


def log_of(frame: pd.DataFrame, customer: Ints) -> UseLog:
    """The same of some rows of the usage table. customer : the code of each, -1 for one that is not known"""
    day = days(frame["date"])
    order = stable_order(day)
    order = order[(customer[order] >= 0) & frame["date"].notna().to_numpy()[order]]
    customer = customer[order]
    count = np.full(len(order), MICRO, dtype=np.int64)
    if "count" in frame:
        count = np.rint(frame["count"].fillna(1).to_numpy(dtype=float)[order] * MICRO).astype(np.int64)
    minutes, has_minutes = np.zeros(len(order), dtype=np.int64), np.zeros(len(order), dtype=bool)
    if "minutes" in frame:
        spent = frame["minutes"].to_numpy(dtype=float, na_value=np.nan)[order]
        has_minutes = ~np.isnan(spent)
        minutes = np.rint(np.where(has_minutes, spent, 0) * MICRO).astype(np.int64)
    user, user_customer = _users(frame, customer, order)
    feature, features = _features(frame, order)
    return UseLog(day[order], customer, count, minutes, has_minutes, user, user_customer, feature, features)


def _users(frame: pd.DataFrame, customer: Ints, order: Ints) -> tuple[Ints, Ints]:
    """Users are a customer's own: the same name at two customers is two users."""
    if "user_id" not in frame:
        return np.full(len(order), -1, dtype=np.int64), np.zeros(0, dtype=np.int64)
    name, names = pd.factorize(frame["user_id"])
    name = name[order].astype(np.int64)
    pair, found = pd.factorize(np.where(name < 0, -1, customer * (len(names) + 1) + name))
    user = np.asarray(pair, dtype=np.int64)
    owner = np.where(found < 0, -1, found // (len(names) + 1))
    return np.where(name < 0, -1, user), owner


def _features(frame: pd.DataFrame, order: Ints) -> tuple[Ints, tuple[str, ...]]:
    if "feature" not in frame:
        return np.full(len(order), -1, dtype=np.int64), ()
    code, names = pd.factorize(frame["feature"], sort=True)
    return code[order].astype(np.int64), tuple(map(str, names))


def told_by_month(book: Book) -> bool:
    """Whether minutes come as totals by month: every row on the last day of its month (or on the day the data ends),
    at most one for a customer, user and feature in each, and more than one month of them."""
    log = book.once(use_log)
    day, customer, user, feature = (part[log.has_minutes] for part in (log.day, log.customer, log.user, log.feature))
    month = months(day)
    is_last = (months(day + 1) != month) | (day == day.max(initial=0))
    keys = pd.DataFrame({"customer": customer, "user": user, "feature": feature, "month": month})
    return len(np.unique(month)) > 1 and bool(is_last.all()) and not keys.duplicated().any()


def unheard(now: Moment) -> Message | None:
    """Why use is not known: no row of the whole table lies in the period, which is a gap in the data."""
    part = now.book.once(use_log).part(now)
    return _("No use is recorded in this period.") if part.start == part.stop else None


def no_key_features(book: Book) -> Message | None:
    """Why adoption is not known: no feature was named as key, or one that nobody's sheet has."""
    if not book.settings.key_features:
        return _("No key features are chosen yet. Choose them in the settings.")
    unknown = [name for name in book.settings.key_features if name not in book.once(use_log).features]
    return _("The usage names no feature '{feature}'. Choose the key features again in the settings.",
             feature=unknown[0]) if unknown else None


def no_seats(book: Book) -> Message | None:
    if (book.once(seat_rows)[1] > 0).any():
        return None
    return _("No contract that carries MRR names its seats. Fill in the column and load the file again.")


@measure(_("customers at closing"), "count", at="closing", from_contracts=False)
def is_there(now: Moment) -> np.ndarray:
    """Customers at closing; without contracts, who has started."""
    return now.is_there


@measure(_("customers at closing with use"), "count", at="closing", from_contracts=False, needs=("usage",),
         silent=unheard)
def is_using(now: Moment) -> np.ndarray:
    log = now.book.once(use_log)
    part = log.part(now)
    uses = np.zeros(len(now.is_there), dtype=np.int64)
    np.add.at(uses, log.customer[part], log.count[part])
    return now.is_there & (uses >= now.book.settings.active_min_count * MICRO)


@measure(_("users with use"), "count", at="closing", of="users", from_contracts=False,
         needs=("usage", "usage.user_id"), silent=unheard)
def active_users(now: Moment) -> Ints:
    """Users of customers at closing whose seats are known."""
    log = now.book.once(use_log)
    user = log.user[log.part(now)]
    seen = np.zeros(len(log.user_customer), dtype=bool)
    seen[user[user >= 0]] = True
    users = np.bincount(log.user_customer[seen], minlength=len(now.is_there)).astype(np.int64)
    return np.where(seats(now) > 0, users, 0)


@measure(_("seats under contract at closing"), "count", at="closing", of="users", needs=("subscriptions.seats",),
         lacks=no_seats)
def seats(now: Moment) -> Ints:
    row, number = now.book.once(seat_rows)
    ledger, closing = now.book.ledger, now.days[1]
    is_active = (ledger.start[row] <= closing) & (closing < ledger.end[row])
    total = np.zeros(len(now.is_there), dtype=np.int64)
    np.add.at(total, ledger.customer[row[is_active]], number[is_active])
    return np.where(now.is_there, total, 0)


def seat_rows(book: Book) -> tuple[Ints, Ints]:
    """The ledger rows with MRR that name their seats, and these."""
    if "seats" not in book.counted or not len(book.ledger.mrr):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    number = book.counted["seats"].fillna(0).to_numpy(dtype=float)
    row = np.flatnonzero((number > 0) & (book.ledger.mrr > 0))
    return row, np.rint(number[row]).astype(np.int64)


@measure(_("customers at closing that used every key feature"), "count", at="closing", from_contracts=False,
         needs=("usage", "usage.feature"), lacks=no_key_features, silent=unheard)
def has_adopted(now: Moment) -> np.ndarray:
    found = now.is_there
    for name in now.book.settings.key_features:
        found = found & uses_feature(now, name)
    return found


def uses_feature(now: Moment, name: str) -> np.ndarray:
    """Which customers used a feature in the period."""
    log = now.book.once(use_log)
    part = log.part(now)
    found = np.zeros(len(now.is_there), dtype=bool)
    found[log.customer[part][log.feature[part] == log.features.index(name)]] = True
    return found


@measure(_("minutes of use"), "minutes", from_contracts=False, needs=("usage", "usage.minutes"))
def minutes_used(now: Moment) -> Ints:
    log = now.book.once(use_log)
    part = log.part(now)
    total = np.zeros(len(now.is_there), dtype=np.int64)
    np.add.at(total, log.customer[part], log.minutes[part])
    return total


@measure(_("rows with minutes"), "count", of="rows", from_contracts=False, needs=("usage",))
def timed_rows(now: Moment) -> Ints:
    log = now.book.once(use_log)
    part = log.part(now)
    return np.bincount(log.customer[part][log.has_minutes[part]], minlength=len(now.is_there)).astype(np.int64)
