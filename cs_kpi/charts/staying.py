"""The figure of staying: survival curves by month, and the median or what sets segments apart in a sentence."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from cs_kpi.book import Book
from cs_kpi.charts.figure import Figure, Measured, Role, Series
from cs_kpi.charts.segments import OTHERS
from cs_kpi.kpi.estimates import SMALL_SAMPLE
from cs_kpi.kpi.readings import Segment, segment_name
from cs_kpi.ledger import NEVER
from cs_kpi.locale import Language, Message, _
from cs_kpi.locale.formats import formatted
from cs_kpi.measures.segments import segment_field
from cs_kpi.retention.staying import Stay, stays

CURVES: tuple[Role, ...] = ("accent", "second", "expansion", "contraction", "new", "neutral")


def survival_curves(book: Book, language: Language, by: str | None = None, segment: Segment | None = None) -> Figure:
    """The share that is still there after each month, with 95 % bands; whole, or by a field."""
    found = stays(book, by, segment)
    months = _drawn(found)
    lines = tuple(_line(stay, by, role, months) for stay, role in zip(found, CURVES, strict=False))
    title = (_("How long customers stay, by {field}", field=segment_field(book, by).label) if by
             else _("How long customers stay"))
    n, left = sum(stay.n for stay in found), sum(stay.left for stay in found)
    names = tuple(_x_name(month, language) for month in months)
    return Figure("survival", "survival", scoped(title, segment), names, lines, "share",
                  _staying_footnote(book, n, left), _staying(found, by, language), "", book.currency,
                  x=Measured(_("Months since the start"), tuple(months), "months"),
                  value_title=_("Share still there"))


def _drawn(found: Sequence[Stay]) -> list[float]:
    """Where curves are drawn: every whole month seen, and between months where one drops for the last time and the
    median of the whole, so that no drop that a sentence names is missing."""
    whole = range(math.floor(max((stay.longest for stay in found), default=0.0)) + 1)
    drops = [stay.last_drop for stay in found] + [found[0].median[0] for _alone in found if len(found) == 1]
    return sorted({*map(float, whole), *(drop for drop in drops if not math.isnan(drop))})


def _x_name(month: float, language: Language) -> str:
    """A whole month as a number, and a day between two of them in hundredths, so that no two days look alike."""
    return str(int(month)) if month == int(month) else formatted(month, "ratio", language)


def _line(stay: Stay, by: str | None, role: Role, months: Sequence[float]) -> Series:
    found = np.array([stay.at(month) for month in months])
    share, low, high = (tuple(None if math.isnan(v) else float(v) for v in column) for column in found.T)
    return Series(stay_name(stay, by), share, role, low, high, size=stay.n)


def stay_name(stay: Stay, by: str | None, segment: Segment | None = None) -> Message | str:
    if by is None:
        return segment_name(segment) if segment else _("All customers")
    return OTHERS if stay.is_rest else segment_name(Segment(by, stay.name))


def _staying(found: Sequence[Stay], by: str | None, language: Language) -> Message | None:
    """The median of the whole; of segments the best and the worst after a year, or after as long as all were seen."""
    if not found:
        return None
    if by is None:
        [whole] = found
        if not math.isnan(whole.median[0]):
            said = _("Half of the customers stay {months} months or longer", months=_months(whole.median[0], language))
            few = whole.at_median or 0
            return said if few >= SMALL_SAMPLE else _(
                "{said}; seen that long: only {n}", said=said, n=few)
        month = math.floor(whole.longest)
        return _("More than half are still there after all that the data shows: {share} after {months} months",
                 share=formatted(whole.at(month)[0], "share", language), months=month)
    known = [stay for stay in found if stay.n >= SMALL_SAMPLE and not stay.is_rest]
    month = min(12, math.floor(min((stay.longest for stay in known), default=0.0)))
    if len(known) < 2 or not month:
        return None
    best, worst = (pick(known, key=lambda stay: stay.at(month)[0]) for pick in (max, min))
    said = _("After {months} months {high} of {best} are still there, and {low} of {worst}", months=month,
             best=stay_name(best, by), worst=stay_name(worst, by),
             high=formatted(best.at(month)[0], "share", language), low=formatted(worst.at(month)[0], "share", language))
    is_apart = best.at(month)[1] > worst.at(month)[2]
    return said if is_apart else _("{said}: within noise", said=said)


def _months(value: float, language: Language) -> str:
    return formatted(value, "months", language).removesuffix(".0")


def _staying_footnote(book: Book, n: int, left: int) -> Message:
    said = _("Kaplan-Meier estimate with 95% bands (Greenwood); who is still there counts as long as seen. n = {n}, of "
             "whom {left} have left.", n=n, left=left)
    unknown = 0 if book.is_snapshot else int(((book.first_active < NEVER) & (book.start_day == NEVER)).sum())
    return said if not unknown else _(
        "{said} Left out: {n} customers that were there before the data begins.", said=said, n=unknown)


def scoped(title: Message, segment: Segment | None) -> Message:
    """A title with the segment that it is of."""
    return title if segment is None else _("{kpi} ({segment})", kpi=title, segment=segment_name(segment))
