"""The figures of leaving: reasons, terms that run out, and what churn costs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd

from cs_kpi.book import Book
from cs_kpi.charts.figure import Figure, Role, Series
from cs_kpi.charts.segments import OTHERS
from cs_kpi.charts.staying import CURVES, scoped
from cs_kpi.kpi.readings import Segment, segment_name
from cs_kpi.locale import Language, Message, _
from cs_kpi.locale.formats import formatted, rounded
from cs_kpi.measures.segments import NOT_SET_LABEL
from cs_kpi.periods import month_name, month_start
from cs_kpi.retention.cost import HORIZONS, Rate, churn_costs, pooled_rate, present_mrr, remaining
from cs_kpi.retention.leaving import departures, losses, of_segment, reasons, segments_of, still_there
from cs_kpi.retention.listing import GIVEN, OPEN, PASSED, UNKNOWN
from cs_kpi.retention.renewals import AHEAD_MONTHS
from cs_kpi.settings import MoneyUnit

MOST_PARTS = 5
"""Segments that a bar of reasons is cut into; the smaller ones are together."""
Span = tuple[dt.date, dt.date]
NOTICES: dict[Message, Role] = {GIVEN: "contraction", OPEN: "accent", PASSED: "churn", UNKNOWN: "neutral"}
NOTICE_NAMES = {GIVEN: _("Notice given: the customer leaves"), OPEN: _("Notice can still be given"),
                PASSED: _("Notice deadline has passed"),
                UNKNOWN: _("No notice period known")}
NO_REASON = _("No reason stated")


def stated_reasons(book: Book, span: Span | None = None, segment: Segment | None = None) -> pd.DataFrame:
    """`departures` of a span of days, of one segment."""
    first, last = span or (None, None)
    return of_segment(book, departures(book, first, last), segment)


def all_losses(book: Book, span: Span | None = None, segment: Segment | None = None) -> pd.DataFrame:
    """The same, and who left without stating a reason."""
    first, last = span or (None, None)
    return of_segment(book, losses(book, first, last), segment)


def reason_bars(book: Book, span: Span | None, said: str, language: Language, by: str | None = None,
                segment: Segment | None = None, money_unit: MoneyUnit = "one") -> Figure:
    """The MRR lost for each reason, none stated included, the largest first; cut by a field where one is given.

    said : the span in words; where no MRR was lost, customers are counted
    """
    found = all_losses(book, span, segment)
    table = reasons(found)
    names = [NO_REASON.text(language) if pd.isna(one) else str(one) for one in table["reason"]]
    money = bool(table["mrr_lost"].sum())
    column = "mrr_lost" if money else "customers"
    bars = (_parts(book, found, table, by, column) if by and len(found)
            else (Series(_("MRR lost") if money else _("Customers"), tuple(map(float, table[column])), "churn"),))
    title = _("Reasons for leaving by MRR lost, {period}", period=said)
    if not money:
        title = _("Reasons for leaving by customers, {period}", period=said)
    footnote = _("All who left, with or without a stated reason (n = {n}); the MRR is what they paid on the day before "
                 "they left, counted once for each end. Data up to {day}.", n=found["customer_id"].nunique(),
                 day=book.as_of or "")
    if stay := still_there(book, found):
        footnote = _("{said} By their contracts {n} of them have not left, so nothing was lost with them.",
                     said=footnote, n=stay)
    return Figure("reasons", "ranked_bars", scoped(title, segment), tuple(names), bars, "money" if money else "count",
                  footnote,
                  _first_reason(book, table, names, language, money_unit) if money else None, said, book.currency,
                  category_title=_("Reason"))


def _parts(book: Book, found: pd.DataFrame, table: pd.DataFrame, by: str, column: str) -> tuple[Series, ...]:
    """One series per segment, the largest first and the smaller ones together."""
    cut = reasons(found, segments_of(book, found, by))
    wide = cut.assign(reason=cut["reason"].fillna(""), segment=cut["segment"].fillna("")).pivot_table(
        index="reason", columns="segment", values=column, aggfunc="sum", fill_value=0)
    wide = wide.reindex(table["reason"].fillna(""))
    order = wide.sum().sort_values(ascending=False, kind="stable").index.tolist()
    kept = order if len(order) <= MOST_PARTS + 1 else order[:MOST_PARTS]
    bars = [Series(segment_name(Segment(by, name)) if name else NOT_SET_LABEL, tuple(map(float, wide[name])), role)
            for name, role in zip(kept, CURVES, strict=False)]
    rest = [name for name in order if name not in kept]
    return (*bars, Series(OTHERS, tuple(map(float, wide[rest].sum(axis=1))), "neutral")) if rest else tuple(bars)


def _first_reason(book: Book, table: pd.DataFrame, names: Sequence[str], language: Language,
                  money_unit: MoneyUnit) -> Message:
    stated = np.flatnonzero(table["reason"].notna())
    if not len(stated):
        return _("Nobody who left has stated a reason")
    first = table.iloc[stated[0]]
    return _("Most was lost for: {reason}, {mrr} a month ({share} of {whole})", reason=names[stated[0]],
             mrr=_money(book, float(first["mrr_lost"]), language, money_unit),
             share=formatted(float(first["share"]), "share", language),
             whole=_money(book, float(table["mrr_lost"].sum()), language, money_unit))


def renewal_bars(book: Book, found: pd.DataFrame, language: Language, segment: Segment | None = None,
                 money_unit: MoneyUnit = "one") -> Figure:
    """The MRR of the terms that run out in each coming month, by whether notice can still be given.

    found : as `renewal_list`, at least one term
    """
    assert book.as_of is not None
    when = [month_start(day.date()) for day in found["term_end"]]
    ahead = [month_start(book.as_of, months) for months in range(AHEAD_MONTHS + 1)]
    months = ahead[:-1] if ahead[0] in when else ahead[1:]
    months = [*months, *sorted(set(when) - set(months))]
    words = found["notice"].tolist() if "notice" in found else [None] * len(found)
    bars = []
    for word, role in NOTICES.items():
        sums = dict.fromkeys(months, 0.0)
        for month, mrr, one in zip(when, found["mrr"], words, strict=True):
            sums[month] += mrr if one in (word.text(language), None) else 0.0
        if word.text(language) in words or (None in words and word is UNKNOWN):
            name = NOTICE_NAMES[word] if None not in words else _("MRR")
            bars.append(Series(name, tuple(sums.values()), role if None not in words else "accent"))
    passed, given = words.count(PASSED.text(language)), words.count(GIVEN.text(language))
    mrr = _money(book, float(found["mrr"].sum()), language, money_unit)
    said = (_("{n} terms with {mrr} a month run out; for {passed} of them notice can no longer be given",
              n=len(found), mrr=mrr, passed=passed) if passed else
            _("{n} terms with {mrr} a month run out", n=len(found), mrr=mrr))
    said = _("{said}; notice given: {n}", said=said, n=given) if given else said
    span = f"{month_name(months[0], language)}{'〜' if language == 'ja' else ' – '}{month_name(months[-1], language)}"
    return Figure("renewals", "stacked_bars", scoped(_("MRR of terms that run out, {period}", period=span), segment),
                  tuple(month_name(month, language) for month in months), tuple(bars), "money",
                  _("Terms of active contracts by their term end, else their end; one that has passed is taken to go "
                    "on for the same time again. As of {day}.", day=book.as_of), said, span, book.currency)


def cost_lines(book: Book, points: float, language: Language, segment: Segment | None = None,
               money_unit: MoneyUnit = "one") -> Figure | None:
    """The present MRR over the coming months at today's churn and at `points` more and less; None without a rate."""
    rate, mrr = pooled_rate(book, segment=segment), present_mrr(book, segment)
    if rate is None or not mrr or book.as_of is None:
        return None
    runs: dict[Message, tuple[float, Role]] = {
        _("Better: {rate}", rate=_percent(max(rate.value - points, 0.0), language)): (-points, "expansion"),
        _("Today: {rate}", rate=_percent(rate.value, language)): (0.0, "total"),
        _("Worse: {rate}", rate=_percent(min(rate.value + points, 1.0), language)): (points, "churn")}
    months = [month_start(book.as_of, ahead) for ahead in range(HORIZONS[-1] + 1)]
    lines = tuple(Series(name, tuple(remaining(mrr, rate.value + change, HORIZONS[-1])), role)
                  for name, (change, role) in runs.items())
    return Figure("churn-cost", "line", scoped(_("Today's MRR over {n} months, by monthly churn", n=HORIZONS[-1]),
                                                segment),
                  tuple(month_name(month, language) for month in months), lines, "money", _cost_footnote(rate),
                  _cost_change(book, mrr, rate, points, language, money_unit), "", book.currency)


def cost_sentence(book: Book, mrr: float, rate: Rate, points: float, language: Language,
                  money_unit: MoneyUnit = "one") -> Message:
    """What to say in a meeting: a point more or less of monthly churn, in revenue over a year."""
    [worse], [better] = (churn_costs(mrr, rate.value, change, HORIZONS[:1]) for change in (points, -points))
    if rate.value < points:
        return _("{points} pt more monthly churn costs {loss} of revenue within {months} months; no churn at all "
                 "brings {gain}.", points=str(rounded(points * 100, 1)), months=HORIZONS[0],
                 loss=_money(book, -worse.revenue_difference, language, money_unit),
                 gain=_money(book, better.revenue_difference, language, money_unit))
    return _("{points} pt more monthly churn costs {loss} of revenue within {months} months; {points} pt less brings "
             "{gain}.", points=str(rounded(points * 100, 1)), months=HORIZONS[0],
             loss=_money(book, -worse.revenue_difference, language, money_unit),
             gain=_money(book, better.revenue_difference, language, money_unit))


def _cost_change(book: Book, mrr: float, rate: Rate, points: float, language: Language,
                 money_unit: MoneyUnit) -> Message:
    """The same, as short as a chart wants it."""
    [worse], [better] = (churn_costs(mrr, rate.value, change, HORIZONS[:1]) for change in (points, -points))
    loss, gain = (formatted(one.revenue_difference, "money", language, currency=book.currency, money_unit=money_unit,
                            signed=True) for one in (worse, better))
    return _("Revenue within {months} months: {loss} with {points} pt more churn, {gain} with less",
             months=HORIZONS[0], points=str(rounded(points * 100, 1)), loss=loss, gain=gain)


def _cost_footnote(rate: Rate) -> Message:
    return _("Monthly churn: MRR of customers who left over opening MRR, {n} complete months from {first} to {last} "
             "taken together. New customers, expansion and contraction are left out: it is the price of churn alone.",
             n=len(rate.months), first=rate.months[0].start, last=rate.months[-1].end)


def _percent(value: float, language: Language) -> str:
    return formatted(value, "share", language)


def _money(book: Book, value: float, language: Language, money_unit: MoneyUnit) -> str:
    return formatted(value, "money", language, currency=book.currency, money_unit=money_unit)
