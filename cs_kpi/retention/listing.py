"""The lists of the retention page: customers of a cohort, terms that run out, curves and costs, words in one language.

Customer lists keep the names of their columns; LABELS names them for the reader (see kpi/listing.py).
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from babel.numbers import get_currency_precision

from cs_kpi.book import Book, date_of, day_of
from cs_kpi.kpi.readings import Segment
from cs_kpi.ledger import MICRO, NEVER, Ints
from cs_kpi.locale import Language, Message, _
from cs_kpi.locale.formats import MONEY_SCALE, formatted, money_suffix
from cs_kpi.measures.lifetimes import parts_between
from cs_kpi.measures.registry import OF_MONTH
from cs_kpi.retention.cohorts import members
from cs_kpi.retention.cost import HORIZONS, churn_costs
from cs_kpi.retention.renewals import due
from cs_kpi.retention.staying import Stay
from cs_kpi.settings import MoneyUnit

MRR_LOST = _("MRR lost")
COHORT_LABELS = {"status": _("Status"), "started": _("Start"), "left_on": _("Left on"), "months": _("Months there")}
CHURNED_LABELS = {"left_on": _("Left on"), "mrr_lost": MRR_LOST, "reason": _("Reason")}
REASON_LABELS = {"cancelled_on": _("Cancelled on"), "left_on": _("Contract ended on"), "reason": _("Reason"),
                 "comment": _("Comment"), "mrr_lost": MRR_LOST}
RENEWAL_LABELS = {"term_end": _("Term end"), "notice_by": _("Notice until"), "notice": _("Notice"),
                  "owner": _("CSM"), "mrr": _("MRR"), "product": _("Product"), "plan": _("Plan"),
                  "renews": _("Renews automatically"), "term_is": _("Term end is")}
STAYS, LEFT = _("Still there"), _("Left")
ESTIMATED, FROM_SHEET = _("Estimated: the same term again"), _("As in the sheet")
GIVEN, OPEN, PASSED, UNKNOWN = _("Given: leaves"), _("Open"), _("Deadline passed"), _("Not known")
YES, NO = _("Yes"), _("No")
YEAR = 12


def with_values(found: pd.DataFrame, labels: Mapping[str, Message]) -> dict[str, Message]:
    """The labels of those columns that say something."""
    return {column: label for column, label in labels.items() if column in found and found[column].notna().any()}


def cohort_list(book: Book, by: str, name: str | None, language: Language, segment: Segment | None = None
                ) -> pd.DataFrame:
    """The customers of a cohort: since when, whether they are there, and what they pay; the largest MRR first."""
    code = members(book, by, name, segment)
    start = book.start_day[code]
    frame = pd.DataFrame({"customer_id": book.customer_ids[code], "started": _dates(start),
                          "customer_name": book.customers["customer_name"].to_numpy()[code]})
    if "owner" in book.customers:
        frame["owner"] = book.customers["owner"].to_numpy()[code]
    if not book.has_contracts or book.as_of is None:
        return frame
    mrr, end = _present(book, code, book.as_of)
    is_there = mrr > 0
    until = np.maximum(np.where(is_there, day_of(book.as_of) + 1, end), start)
    frame = frame.assign(status=[(STAYS if one else LEFT).text(language) for one in is_there],
                         left_on=_dates(np.where(is_there, NEVER, end)),
                         months=np.round(parts_between(start, until) / OF_MONTH, 1), mrr=mrr / MICRO)
    return frame.iloc[np.lexsort((-start, -mrr))].reset_index(drop=True)


def _present(book: Book, code: Ints, as_of: dt.date) -> tuple[Ints, Ints]:
    """What customers pay at `as_of`, and the last day on which they left."""
    last = day_of(as_of)
    [mrr] = book.ledger.closings([last])
    customer, _begin, ends = book.ledger.spells
    end = np.zeros(len(book.customer_ids), dtype=np.int64)
    past = ends <= last
    np.maximum.at(end, customer[past], ends[past])
    return mrr[code], end[code]


def _dates(days: Ints) -> pd.Series:
    return pd.Series([pd.Timestamp(date_of(int(day))) if day < NEVER else pd.NaT for day in days],
                     dtype="datetime64[s]")


def renewal_list(book: Book, language: Language, segment: Segment | None = None) -> pd.DataFrame:
    """`due`, and in words whether the term is estimated, whether notice can still be given, and whether it renews.

    Columns of which nothing is known are left out; `owner` is there as far as it is mapped.
    """
    found = due(book, segment=segment)
    if found.empty or book.as_of is None:
        return found
    found["term_is"] = [(ESTIMATED if one else FROM_SHEET).text(language) for one in found["is_estimated"]]
    found["notice"] = [_notice(leaves, day, book.as_of).text(language)
                       for leaves, day in zip(found["is_leaving"], found["notice_by"], strict=True)]
    if "auto_renews" in found:
        found["renews"] = [None if pd.isna(one) else (YES if one else NO).text(language)
                           for one in found["auto_renews"]]
    silent = [column for column in ("product", "plan", "notice_by", "renews", "owner")
              if column in found and found[column].isna().all()]
    silent += ["notice"] if "notice_by" in silent and not found["is_leaving"].any() else []
    return found.drop(columns=silent if found["is_estimated"].any() else [*silent, "term_is"])


def _notice(leaves: bool, until: pd.Timestamp, as_of: dt.date) -> Message:
    """Whether notice has been given, can be given still, or no longer."""
    if leaves:
        return GIVEN
    return UNKNOWN if pd.isna(until) else PASSED if until.date() < as_of else OPEN


def staying_table(found: Sequence[Stay], names: Sequence[Message | str], head: Message | str, language: Language,
                  ) -> pd.DataFrame:
    """n, who left, the median with its limits in words, and the share there after a year, for each curve."""
    def word(text: Message | str) -> str:
        return text.text(language) if isinstance(text, Message) else text

    def months(value: float) -> str:
        return word(_("not reached") if math.isnan(value) else
                    _("{months} months", months=formatted(value, "months", language)))

    return pd.DataFrame({
        word(head): [word(name) for name in names], word(_("n (customers)")): [stay.n for stay in found],
        word(_("Of these, left")): [stay.left for stay in found],
        word(_("Median lifetime")): [months(stay.median[0]) for stay in found],
        word(_("95% from")): [months(stay.median[1]) for stay in found],
        word(_("95% to")): [months(stay.median[2]) for stay in found],
        word(_("n at the median")): [stay.at_median for stay in found],
        word(_("There after {months} months", months=YEAR)): [word(_share(stay, language)) for stay in found]})


def _share(stay: Stay, language: Language) -> Message | str:
    """The share there after a year with its limits."""
    value, low, high = stay.at(YEAR)
    if math.isnan(value):
        return _("not seen that long")
    if not stay.left:
        return formatted(value, "share", language)  # Greenwood's error is 0 where nobody has left, and says nothing
    return "{} ({} – {})".format(*(formatted(one, "share", language) for one in (value, low, high)))


def cost_table(book: Book, mrr: float, rate: float, points: float, language: Language,
               money_unit: MoneyUnit = "one") -> pd.DataFrame:
    """What is left of today's MRR after each horizon, and what a change of monthly churn does to it and to revenue.

    Better is `points` less, but no less than no churn at all.
    """
    worse, better = churn_costs(mrr, rate, points), churn_costs(mrr, rate, -min(points, rate))
    columns = {_("MRR left at today's churn"): [one.mrr for one in worse],
               _("MRR, churn worse"): [one.mrr_difference for one in worse],
               _("Revenue, churn worse"): [one.revenue_difference for one in worse],
               _("MRR, churn better"): [one.mrr_difference for one in better],
               _("Revenue, churn better"): [one.revenue_difference for one in better]}
    decimals = get_currency_precision(book.currency) if book.currency and money_unit == "one" else 2
    suffix = "" if money_unit == "one" else f" ({money_suffix(language, book.currency, money_unit).strip()})"
    return pd.DataFrame({_("After months").text(language): list(HORIZONS)} | {
        head.text(language) + suffix: [round(value / MONEY_SCALE[money_unit], decimals) for value in values]
        for head, values in columns.items()})
