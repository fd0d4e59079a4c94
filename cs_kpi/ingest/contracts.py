"""MRR of contract rows: from a monthly fee, a fee with an interval, a yearly amount or a total for the term."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from cs_kpi.header_words import AMOUNT_PERIODS, TOTAL_WORDS
from cs_kpi.ingest.columns import Column
from cs_kpi.ingest.discounts import discounted
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.months import months_between
from cs_kpi.ingest.naming.abbreviations import spelt
from cs_kpi.ingest.naming.vocabulary import BRACKET, says
from cs_kpi.ingest.naming.words import nfkc
from cs_kpi.ingest.rows import first_rows
from cs_kpi.ingest.values.intervals import ONCE, TERM, months_of
from cs_kpi.locale import Message, _

AMOUNT_IS: dict[str, Message] = {"month": _("a monthly fee"), "year": _("a yearly amount"),
                                 "term": _("the total for the term")}
PER_INTERVAL = _("the amount of one billing interval")
TERM_MONTHS = "term_months"
"""A column of lengths of terms beside the fields of the handbook."""
RENEWALS = ("renewal", "renews", "renew", "更新")
MONTHS_OF = {"month": 1.0, "year": 12.0, "quarter": 3.0, "half_year": 6.0, "week": 12 / 52, "day": 12 / 365.25}
OTHER_PERIODS: dict[str, tuple[Message, re.Pattern[str]]] = {
    "half_year": (_("the amount of half a year"), re.compile(
        r"\b(?:semi ?annual(?:ly)?|half ?year(?:ly)?|bi ?annual(?:ly)?|(?:six|6) month(?:ly)?)\b"
        "|半年|(?<![上下四])半期")),
    "quarter": (_("the amount of a quarter"), re.compile(
        r"\b(?:quarterly|per quarter|a quarter|3 monthly)\b|(?<![\d第一二三])四半期")),
    "week": (_("a weekly amount"), re.compile(
        r"\b(?:weekly|per week)\b|週額|週会費|週間?の?(?:利用)?料")),
    "day": (_("a daily amount"), re.compile(r"\b(?:daily|per day)\b|日額"))}
"""Periods that only headers tell: 12 months have 52 weeks, or 365.25 days (handbook 1)."""
NO_TERM = _("The total for the term cannot be spread over months, because the row has no start and end that lie apart. "
            "Fill in the end date and load the file again.")
NO_AMOUNT = _("The row has no amount, so its customer is neither counted as one who pays nor as one who left. Fill it "
              "in (0 for a free plan) and load the file again.")

Columns = Mapping[str, Column]


def monthly(columns: Columns, log: Log, likely: str | None = None) -> pd.Series | None:
    """MRR per row in the sheet's currency; NaN where the row does not say. None where no amount is mapped.

    likely : what an amount covers whose header does not say so: month, year or term, as far as the sheet tells
    """
    if "mrr" in columns:
        fee = columns["mrr"].values
        result = discounted(fee, columns.get("discount"), columns["mrr"].header, log)
        is_whole = "amount" not in columns or fee.notna().all()
        return result if is_whole else result.fillna(_from_amount(columns, log, likely))
    return _from_amount(columns, log, likely) if "amount" in columns else None


def note_on_credit_notes(columns: Columns, mrr: pd.Series, log: Log) -> None:
    """Negative amounts lower what their customer pays (handbook 2); they are named, lest one is a slip."""
    negative = mrr.index[mrr < 0].to_numpy()
    if len(negative):
        money = columns.get("mrr") or columns["amount"]
        log.note(_("Negative amounts in column '{column}' are kept as credit notes: {count} (row {rows}).",
                   column=money.header, count=len(negative), rows=first_rows(negative)))


def note_on_free(columns: Columns, rows: pd.DataFrame, log: Log) -> None:
    """Contracts of 0, whose customers are none while they pay nothing (handbook 2), where others pay.

    rows : of the contracts that are read, mrr and charge_kind
    """
    is_free = (rows["mrr"] == 0) & (rows["charge_kind"] == "recurring")
    free = rows.index[is_free].to_numpy()
    if len(free) and (rows["mrr"] > 0).any():
        money = columns.get("mrr") or columns["amount"]
        log.note(_("Rows with an amount of 0 in column '{column}': {count} (row {rows}). They are kept, and their "
                   "customers count neither as customers nor, when they leave, as churn, unless they pay in another "
                   "row.", column=money.header, count=len(free), rows=first_rows(free)))


def _from_amount(columns: Columns, log: Log, likely: str | None) -> pd.Series:
    amount = discounted(columns["amount"].values, columns.get("discount"), columns["amount"].header, log)
    is_once = (charge_kinds(columns, amount.index) == "one-time").to_numpy(dtype=bool)
    if "billing_interval" in columns:
        is_once = is_once | (columns["billing_interval"].values == ONCE).to_numpy(dtype=bool, na_value=False)
    return amount / np.where(is_once, 1.0, _months(columns, log, likely))


def _months(columns: Columns, log: Log, likely: str | None) -> np.ndarray:
    """Months that each amount covers: what its header says goes before its billing interval."""
    header, term = columns["amount"].header, lengths(columns)
    has_terms = bool(np.isfinite(term).mean() > 0.5) if len(term) else False
    if "billing_interval" not in columns:
        return _covered(amount_kind(header, has_terms, log, _are_renewals(columns, term), likely), term)
    kind = kind_beside_interval(header, has_terms, log)
    if kind != "interval":
        return _covered(kind, term)
    given = columns["billing_interval"].values
    months = given.map(months_of, na_action="ignore").astype(float).to_numpy()
    months = np.where((given == TERM).to_numpy(dtype=bool, na_value=False), term, months)
    if given.notna().all():
        return months
    is_asked = has_terms and says(header, AMOUNT_PERIODS["term"])
    rest = "term" if is_asked else amount_kind(header, has_terms, log, likely=likely)
    return np.where(given.notna(), months, _covered(rest, term))


def lengths(columns: Columns) -> np.ndarray:
    """Months of each term: from its days, else as a column says."""
    between = months_between(*_term(columns))
    return np.where(np.isfinite(between), between, columns[TERM_MONTHS].values.to_numpy(dtype=float)) \
        if TERM_MONTHS in columns else between


def _term(columns: Columns) -> tuple[np.ndarray, np.ndarray]:
    """Start and end of each term; the end is the term's where the sheet has one, else the contract's."""
    none = pd.Series(np.datetime64("NaT", "s"), index=columns["amount"].values.index)
    start = columns["start_date"].values if "start_date" in columns else none
    ends = [columns[name].values for name in ("term_end", "end_date") if name in columns]
    end = ends[0] if ends else none
    return start.to_numpy(), (end.fillna(ends[1]) if len(ends) > 1 else end).to_numpy()


def _covered(kind: str, term: np.ndarray) -> np.ndarray:
    return term if kind == "term" else np.full(len(term), MONTHS_OF[kind])


def _are_renewals(columns: Columns, term: np.ndarray) -> bool:
    """Whether a term ends with the next renewal of contracts that began years apart, so that no amount is for all of
    it."""
    ends = "term_end" in columns and says(columns["term_end"].header, RENEWALS)
    return ends and np.isfinite(term).any() and np.nanmax(term) > np.nanmin(term) + 1


def amount_kind(header: str, has_terms: bool, log: Log, are_renewals: bool = False, likely: str | None = None) -> str:
    """month, year or term of an amount without interval; asked unless the header says month or year."""
    if told := _told(header, log):
        return told
    may_be_total = says(header, AMOUNT_PERIODS["term"]) or log.usual_amount != "month"
    assumed = ("year" if are_renewals else "term") if has_terms and may_be_total else likely or log.usual_amount
    return _asked(header, AMOUNT_IS, assumed, log)


def kind_beside_interval(header: str, has_terms: bool, log: Log) -> str:
    """What an amount covers that has a billing interval: one interval, unless its header says something else; asked
    where that is the contract's amount, which may be the total or one bill."""
    if told := _told(header, log):
        return told
    if not has_terms or not says(header, AMOUNT_PERIODS["term"]):
        return "interval"
    if says(header, TOTAL_WORDS):
        return _noted(header, "term", log)
    return _asked(header, {**AMOUNT_IS, "interval": PER_INTERVAL}, "term", log)


def is_yearly(texts: Iterable[str], label: str, log: Log) -> bool:
    """Whether amounts that have no header of their own are yearly, as a name beside them says; then asked."""
    for text in texts:
        if _stands_in(text, AMOUNT_PERIODS["month"]):
            return False
        if _stands_in(text, AMOUNT_PERIODS["year"]):
            return _asked(label, {kind: AMOUNT_IS[kind] for kind in ("month", "year")}, "year", log) == "year"
    return False


def _stands_in(text: str, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands in a title, English ones beside Japanese too: ARR推移."""
    title = nfkc(text).casefold()
    return any(re.search(rf"(?<![a-z]){word}(?![a-z])", title) if word.isascii() else word in title for word in words)


def _told(header: str, log: Log) -> str | None:
    """year, month or another period, where the header says so; semi-annual is no year."""
    words = spelt(BRACKET.sub(" ", nfkc(header)))
    for period, (meaning, pattern) in OTHER_PERIODS.items():
        if pattern.search(words):
            log.note(_("The amounts of column '{column}' are read as {meaning}.", column=header, meaning=meaning))
            return log.answer("amount_is", header, AMOUNT_IS) or period
    for kind, sign in (("year", "/年"), ("month", "/月")):
        if says(header, AMOUNT_PERIODS[kind]) or sign in header:
            return _noted(header, kind, log)
    return None


def _noted(header: str, kind: str, log: Log) -> str:
    log.note(_("The amounts of column '{column}' are read as {meaning}.", column=header, meaning=AMOUNT_IS[kind]))
    return log.answer("amount_is", header, AMOUNT_IS) or kind


def _asked(header: str, options: Mapping[str, Message], assumed: str, log: Log) -> str:
    return log.ask("amount_is", header, _("What does an amount in column '{column}' cover?", column=header), options,
                   assumed)


def charge_kinds(columns: Columns, index: pd.Index) -> pd.Series:
    """The kind of charge per row; recurring where nothing says otherwise, one-time where it is billed once."""
    usual = pd.Series("recurring", index=index, dtype="str")
    if "billing_interval" in columns:
        usual = usual.mask((columns["billing_interval"].values == ONCE).fillna(False), "one-time")
    return columns["charge_kind"].values.fillna(usual) if "charge_kind" in columns else usual
