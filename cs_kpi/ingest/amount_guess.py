"""What an amount most likely covers whose header does not say so: by prices and numbers beside it, and by its terms.
It is asked all the same; this is what holds until somebody answers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from cs_kpi.header_words import AMOUNT_PERIODS
from cs_kpi.ingest import bills, unit_prices
from cs_kpi.ingest.columns import Column
from cs_kpi.ingest.contracts import lengths
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.looks import looks
from cs_kpi.ingest.naming.asides import is_unit_price
from cs_kpi.ingest.naming.vocabulary import Place, names, places, says
from cs_kpi.ingest.values.amounts import amounts

FEE_WORDS = ("fee", "fees", "price", "rate", "charge", "charges", "rent", "dues", "料", "費", "単価", "会費")
"""What is paid again and again; an amount or a value may be the whole."""
MONEY = (Place("subscriptions", "mrr"), Place("subscriptions", "amount"))
FEWEST, MOSTLY, CLOSE = 3, 0.9, 0.005
YEAR = 12.0

Columns = Mapping[str, Column]


def likely(columns: Columns, area: Area, out: np.ndarray, log: Log) -> str | None:
    """month, year or term; None where nothing speaks for any of them.

    out : rows that are not read, and have no say
    """
    if "amount" not in columns or "mrr" in columns:
        return None
    header, term = columns["amount"].header, lengths(columns)[~out]
    if told := _by_prices(columns, area, out, term):
        return told
    if bills.pay_for_their_periods(columns, area, term):
        return "term"
    if says(header, FEE_WORDS):
        return "month" if log.are_deals else None
    if bills.have_periods_of_their_own(term):
        return "term"
    if len(term) >= 2 and (np.isfinite(term) & (np.mod(term, YEAR) == 0)).all():
        return "term"
    if log.are_deals:
        return "term" if np.isfinite(term).sum() > len(term) / 2 else "year"
    return None


def _by_prices(columns: Columns, area: Area, out: np.ndarray, term: np.ndarray) -> str | None:
    """What the price of one, the number of them and the amount say together: 10 x 5 x 12 months is 600."""
    paid = columns["amount"].values.to_numpy(dtype=float)[~out]
    number = unit_prices.numbers(area, columns)
    count = amounts(area.body[number]).values[~out] if number else np.ones(len(paid))
    for price in _prices(columns, area, number):
        with np.errstate(divide="ignore", invalid="ignore"):
            times = paid / (amounts(area.body[price]).values[~out] * np.where(np.isnan(count), 1.0, count))
        told = _told_by(times[np.isfinite(times)], term[np.isfinite(times)], price)
        if told:
            return told
    return None


def _told_by(times: np.ndarray, term: np.ndarray, price: str) -> str | None:
    """What an amount covers that is so many times the price of each row."""
    if len(times) < FEWEST:
        return None
    if _is_mostly(times, np.full(len(times), YEAR)):
        return "year"
    if _is_mostly(times, term) and not _is_mostly(term, np.ones(len(term))):
        return "term"
    if _is_mostly(times, np.ones(len(times))):
        return next((kind for kind in ("year", "month") if says(price, AMOUNT_PERIODS[kind])), None)
    return None


def _is_mostly(some: np.ndarray, others: np.ndarray) -> bool:
    return bool((np.abs(some - others) <= CLOSE * others).mean() >= MOSTLY)


def _prices(columns: Columns, area: Area, number: str | None) -> list[str]:
    """Columns of money beside the amount that feed nothing: the price of one, or of a month."""
    taken = {item.header for item in columns.values()} | {number}
    return [header for header in area.headers if header not in taken and (
        is_unit_price(header) or names(header, FEE_WORDS) or any(at in MONEY for at in places(header)))
        and looks(area.body[header]).numbers >= MOSTLY]
