"""The figures of use: how often users come back, which features customers use, and use around onboarding."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cs_kpi.book import Book, day_of
from cs_kpi.charts.figure import Figure, Marker, Role, Series
from cs_kpi.charts.revenue import span_label
from cs_kpi.engagement.falls import WEEKS
from cs_kpi.engagement.stickiness import counts_users, stickiness
from cs_kpi.engagement.told import told
from cs_kpi.kpi.behind import inside_of
from cs_kpi.kpi.intervals import wilson
from cs_kpi.kpi.readings import Segment, segment_name
from cs_kpi.locale import Language, Message, _
from cs_kpi.locale.formats import formatted
from cs_kpi.measures.moments import Moment, moments
from cs_kpi.measures.segments import segment_field
from cs_kpi.measures.use import use_log, uses_feature
from cs_kpi.onboarding.pace import use_around
from cs_kpi.periods import Period

LINE_ROLES: tuple[Role, ...] = ("accent", "second", "neutral")
FEATURES_AT_ONCE = 3
STICKINESS, USE, USE_OVER_TIME = _("Stickiness"), _("Use of features"), _("Use of features over time")


def coming_back(book: Book, months: Sequence[Period], language: Language, segment: Segment | None = None) -> Figure:
    """DAU / MAU and WAU / MAU of each month, of a segment or of all."""
    found = stickiness(book, months, segment)
    lines = (Series(_("DAU / MAU"), _known([one.daily_share for one in found]), "accent"),
             Series(_("WAU / MAU"), _known([one.weekly_share for one in found]), "second"))
    who = _("users") if counts_users(book) else _("customers")
    note = _("DAU, WAU and MAU: different {who} with use on a day (mean of the month's days), in the 7 days up to it, "
             "and in the month.", who=who)
    return Figure("stickiness", "line", _("{title}, {period}", title=_titled(STICKINESS, segment),
                                            period=span_label(months, language)),
                  tuple(one.label(language) for one in months), lines, "share", note, None,
                  span_label(months, language), incomplete=_partly_told(book, months))


def _partly_told(book: Book, run: Sequence[Period]) -> frozenset[int]:
    """The periods that the usage table does not speak of from their first to their last day."""
    speaks = book.once(told)
    return frozenset() if speaks is None else frozenset(
        place for place, one in enumerate(run) if day_of(one.start) < speaks.first or day_of(one.end) > speaks.last)


def _known(values: Sequence[float]) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(value) else value for value in values)


def _unfinished(book: Book, run: Sequence[Period]) -> frozenset[int]:
    return frozenset(i for i, one in enumerate(run) if book.as_of and one.end > book.as_of)


def adoption(book: Book, period: Period, language: Language, segment: Segment | None = None) -> Figure:
    """The share of customers at the closing that used each feature in the period, the most used first."""
    now = _now(book, [period], segment)[0]
    inside = now.is_there & inside_of(now, "closing", segment)
    n = int(inside.sum())
    used = {name: int((uses_feature(now, name) & inside).sum()) for name in book.once(use_log).features}
    ordered = sorted(used, key=lambda name: (-used[name], name))
    limits = [wilson(used[name], n) if n else (None, None) for name in ordered]
    series = Series(_("Customers"), tuple(used[name] / n if n else None for name in ordered), "accent",
                    tuple(low for low, _high in limits), tuple(high for _low, high in limits))
    title = _("{title}, {period}", title=_titled(USE, segment), period=period.label(language))
    return Figure("adoption", "ranked_bars", title, tuple(ordered), (series,), "share", _(
        "The share of customers at the closing that used the feature in the period. n = {n}.", n=n),
        _most_and_least(ordered, used, n, language), period.label(language), category_title=_("Feature"))


def _most_and_least(ordered: Sequence[str], used: dict[str, int], n: int, language: Language) -> Message | None:
    if len(ordered) < 2 or not n:
        return None
    first, last = (formatted(used[name] / n, "share", language) for name in (ordered[0], ordered[-1]))
    return _("Most used: {first} ({share}); least: {last} ({other})", first=ordered[0], share=first, last=ordered[-1],
             other=last)


def adoption_over_time(book: Book, run: Sequence[Period], features: Sequence[str], language: Language,
                       segment: Segment | None = None) -> Figure:
    """The same share for some features, period by period; None where no use is recorded at all."""
    values: dict[str, dict[Period, float | None]] = {name: {} for name in features}
    log = book.once(use_log)
    for now in _now(book, run, segment):
        inside = now.is_there & inside_of(now, "closing", segment)
        part = log.part(now)
        n = int(inside.sum()) if part.start < part.stop else 0
        for name in features:
            values[name][now.period] = int((uses_feature(now, name) & inside).sum()) / n if n else None
    lines = tuple(Series(name, tuple(values[name][one] for one in run), LINE_ROLES[place % len(LINE_ROLES)])
                  for place, name in enumerate(features))
    title = _("{title}, {period}", title=_titled(USE_OVER_TIME, segment),
              period=span_label(run, language))
    return Figure("adoption-trend", "line", title, tuple(one.label(language) for one in run), lines, "share", _(
        "The share of customers at the closing that used the feature in the period."), None, span_label(run, language),
        incomplete=_unfinished(book, run))


def _now(book: Book, run: Sequence[Period], segment: Segment | None) -> list[Moment]:
    field = segment_field(book, segment.field) if segment else None
    return list(moments(book, run, [field.column] if field and field.source == "subscriptions" else []))


def _titled(title: Message, segment: Segment | None) -> Message:
    return title if segment is None else _("{title} ({segment})", title=title, segment=segment_name(segment))


def around_onboarding(book: Book, language: Language, segment: Segment | None = None) -> Figure:
    """Mean use per customer and week before and after the day on which onboarding was completed."""
    weeks = use_around(book, segment=segment)
    low, high = (_known(weeks[side].tolist()) for side in ("low", "high"))
    line = Series(_("Uses per customer and week"), _known(weeks["mean"].tolist()), "accent", low, high)
    labels = tuple(_("{week} wk", week=f"{week:+d}" if week else "0").text(language) for week in weeks["week"])
    before, after = (weeks.loc[part, "mean"].mean() for part in (weeks["week"] < 0, weeks["week"] >= 0))
    subtitle = None if np.isnan(before) or np.isnan(after) else _(
        "{before} uses a week before, {after} after", before=formatted(before, "ratio", language),
        after=formatted(after, "ratio", language))
    note = _("Week 0 begins on the day of completion. A customer counts in the weeks that lie wholly in its time and "
             "in the days that the usage table speaks of; at most {n} customers.", n=int(weeks["customers"].max()))
    return Figure("around-onboarding", "line", _titled(_("Use before and after onboarding"), segment), labels, (line,),
                  "ratio", note, subtitle, markers=(Marker(WEEKS, _("Completed")),))
