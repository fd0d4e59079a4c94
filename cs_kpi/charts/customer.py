"""The figures of one customer: what it paid and what moved that, and what it used."""

from __future__ import annotations

from collections.abc import Sequence

from cs_kpi.book import Book
from cs_kpi.charts.figure import Figure, Role, Series
from cs_kpi.charts.revenue import span_label
from cs_kpi.customer.money import MOVEMENTS, Movement, Step
from cs_kpi.customer.use import SHOWN_ALONE, Uses
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.locale import Language, Message, _
from cs_kpi.locale.formats import formatted
from cs_kpi.settings import MoneyUnit

FEATURE_ROLES: tuple[Role, ...] = ("accent", "second", "expansion", "contraction")


def paid(book: Book, steps: Sequence[Step], name: str, language: Language, money_unit: MoneyUnit = "one") -> Figure:
    """MRR of a customer at the closing of every period, what stayed and what came in stacked; what went below zero."""
    stays = Series(_("MRR that stayed"), tuple(min(one.opening, one.closing) or None for one in steps), "total")
    lines = [stays] + [Series(KPIS[f"{kind}_mrr"].label, tuple(_moved(one, kind) for one in steps), kind)
                       for kind in MOVEMENTS if any(one.movement == kind for one in steps)]
    run = [one.period for one in steps]

    def money(value: float) -> str:
        return formatted(value, "money", language, currency=book.currency, money_unit=money_unit)
    top = max(steps, key=lambda one: one.closing)
    subtitle = _("{mrr} now, at most {most} ({period})", mrr=money(steps[-1].closing), most=money(top.closing),
                 period=top.period.label(language))
    return Figure("customer-mrr", "stacked_bars", _("MRR of {customer}", customer=name),
                  tuple(one.label(language) for one in run), tuple(lines), "money",
                  _("MRR at each closing: what stayed and what came in the period; below zero what went. Renewals "
                    "bridge the end of a contract."), subtitle, span_label(run, language), book.currency,
                  frozenset(place for place, one in enumerate(steps) if not one.is_complete))


def _moved(one: Step, kind: Movement) -> float | None:
    return one.closing - one.opening if one.movement == kind else None


def used(book: Book, uses: Uses, name: str, language: Language) -> Figure:
    """Uses of a customer by month: the features it uses most, and all others together."""
    alone = uses.names[:SHOWN_ALONE] if len(uses.names) > SHOWN_ALONE + 1 else uses.names[:SHOWN_ALONE + 1]
    lines = [Series(one or _("No feature named"), tuple(float(value) for value in uses.counts[place]),
                    (*FEATURE_ROLES, "neutral")[place]) for place, one in enumerate(alone)] if any(uses.names) else [
        Series(_("Uses"), tuple(float(value) for value in uses.counts[0]), "accent")]
    if len(uses.names) > len(alone):
        rest = uses.counts[len(alone):].sum(axis=0)
        lines.append(Series(_("Others"), tuple(float(value) for value in rest), "neutral"))
    incomplete = frozenset(place for place, one in enumerate(uses.run) if book.as_of and one.end > book.as_of)
    return Figure("customer-use", "stacked_bars", _("Use by {customer}", customer=name),
                  tuple(one.label(language) for one in uses.run), tuple(lines), "count",
                  _("Number of uses in each month."), _level(uses, incomplete, language),
                  span_label(list(uses.run), language), incomplete=incomplete, value_title=_("Uses"))


def _level(uses: Uses, incomplete: frozenset[int], language: Language) -> Message | None:
    """The last whole month against the mean of the six before it."""
    whole = [float(value) for place, value in enumerate(uses.counts.sum(axis=0)) if place not in incomplete]
    before = whole[-7:-1]
    if len(before) < 2 or not sum(before):
        return None
    mean = sum(before) / len(before)
    return _("{last} uses in the last whole month, {change} against the mean of the {n} before",
             last=formatted(whole[-1], "count", language),
             change=formatted(whole[-1] / mean - 1, "share", language, signed=True), n=len(before))
