"""An MRR that a system sets to 0 once a contract has ended, beside the price that was paid: that 0 is no free plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from cs_kpi.ingest import unit_prices
from cs_kpi.ingest.columns import Column
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.looks import looks
from cs_kpi.ingest.rows import first_rows
from cs_kpi.ingest.values.amounts import amounts
from cs_kpi.ingest.values.intervals import months_of
from cs_kpi.locale import Message, _

TOPIC, PAID, FREE = "zeroed", "paid", "free"
PERIODS = (1.0, 12.0)
"""Months that a price may cover where no billing interval says so."""
MOSTLY, CLOSE = 0.5, 0.005
FEWEST, DIFFERENT = 3, 2
"""A column that is not mapped must explain the MRR of so many rows, and so many different ones."""
FAR = 0.8

Columns = Mapping[str, Column]


def completed(columns: Columns, area: Area, out: np.ndarray, log: Log) -> dict[str, Column]:
    """The columns of contracts, the MRR of ended ones that is 0 beside a price as that price says, where the user does
    not say otherwise: unknown (NaN) where the mapped amount is to be spread over its months first.

    out : rows that are not read, and have no say
    """
    fee, end = columns.get("mrr"), columns.get("end_date")
    if fee is None or end is None:
        return dict(columns)
    mrr = fee.values.to_numpy(dtype=float)
    has_ended = (end.values <= np.datetime64(log.today)).to_numpy() & ~out
    if not (has_ended & (mrr == 0)).any():
        return dict(columns)
    header, paid, is_likely = _price(columns, area, mrr, out)
    zeroed = has_ended & (mrr == 0) & (paid != 0)
    if header is None or not zeroed.any():
        return dict(columns)
    is_kept = (has_ended & (mrr > 0)).sum() > zeroed.sum()
    options: dict[str, Message] = {PAID: _("what column '{price}' says", price=header),
                                   FREE: _("nothing: these were free")}
    answer = log.ask(TOPIC, fee.header, _(
        "Column '{column}' is 0 in {count} contracts that have ended (row {rows}), although column '{price}' has an "
        "amount. What did their customers pay before?", column=fee.header, count=int(zeroed.sum()),
        rows=first_rows(fee.cells.index[zeroed].to_numpy()), price=header), options,
        FREE if is_kept or not is_likely else PAID)
    return {**columns, "mrr": replace(fee, values=fee.values.mask(zeroed, paid))} if answer == PAID else dict(columns)


def _price(columns: Columns, area: Area, mrr: np.ndarray, out: np.ndarray) -> tuple[str | None, np.ndarray, bool]:
    """The column with the prices and what each row paid by it a month, 0 where it says nothing; whether this is likely.

    That is the column which explains what running contracts pay; else the mapped amount, still to be spread (NaN), and
    unlikely where running contracts pay something else.
    """
    paying = (mrr > 0) & ~out
    for header, price in _candidates(columns, area):
        for paid in _monthly(price, columns, area):
            rows = paying & (paid > 0)
            same = rows & np.isclose(paid, mrr, rtol=CLOSE)
            is_mapped = "amount" in columns and header == columns["amount"].header
            is_enough = is_mapped or (same.sum() >= FEWEST and len(np.unique(mrr[same])) >= DIFFERENT)
            if same.any() and is_enough and same.sum() > MOSTLY * paying.sum():
                return header, np.where(paid > 0, paid, 0.0), True
    if "amount" not in columns:
        return None, np.zeros(len(mrr)), False
    amount = columns["amount"]
    return amount.header, np.where(amount.values > 0, np.nan, 0.0), not paying.any()


def _candidates(columns: Columns, area: Area) -> Iterator[tuple[str, np.ndarray]]:
    """The mapped amount, then columns of numbers that are nothing else; money as their headers' units say."""
    if "amount" in columns:
        yield columns["amount"].header, columns["amount"].values.to_numpy(dtype=float)
    taken = {item.header for item in columns.values()}
    for header in area.headers:
        if header not in taken and looks(area.body[header]).numbers >= FAR:
            yield header, amounts(area.body[header]).values * area.units[header].multiplier


def _monthly(price: np.ndarray, columns: Columns, area: Area) -> Iterator[np.ndarray]:
    """What a price may mean per month: of one or of all units, by the billing interval, by months or by years."""
    number = unit_prices.numbers(area, columns)
    counts = [np.ones(len(price))]
    if number:
        read = amounts(area.body[number]).values
        counts.append(np.where(np.isnan(read), 1.0, read))
    periods: list[float | np.ndarray] = list(PERIODS)
    if "billing_interval" in columns:
        periods.insert(0, columns["billing_interval"].values.map(months_of, na_action="ignore").to_numpy(dtype=float))
    for count in counts:
        for months in periods:
            yield price * count / months
