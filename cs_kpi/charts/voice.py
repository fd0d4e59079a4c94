"""The figures of what customers say: answers by score and over time, and churn after an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from cs_kpi.book import Book
from cs_kpi.charts.figure import Figure, Role, Series
from cs_kpi.charts.revenue import footnote, span_label
from cs_kpi.kpi.behind import moment_of
from cs_kpi.kpi.readings import Segment, readings, segment_name
from cs_kpi.kpi.registry import chosen
from cs_kpi.locale import Language, Message, _
from cs_kpi.locale.formats import formatted
from cs_kpi.measures.moments import moments
from cs_kpi.measures.segments import segment_field
from cs_kpi.periods import Period
from cs_kpi.voice.answers import (
    GROUP_LABELS,
    GROUPS,
    Group,
    Survey,
    answers_of,
    counted,
    groups,
    response_share,
)
from cs_kpi.voice.later import Outcome, later_churn

ROLES: Mapping[Group, Role] = {"promoter": "new", "passive": "neutral", "detractor": "churn", "satisfied": "new",
                               "other": "churn"}
NPS_SCORES = range(11)
FEWEST = 5
"""Customers of a group below which a sentence says nothing of it."""


def distribution(book: Book, survey: Survey, period: Period, language: Language, segment: Segment | None = None
                 ) -> Figure:
    """How many of the counted answers of a period gave each score, coloured by what they make of their giver."""
    found = answers_of(book, survey)
    place = counted(book, survey, moment_of(book, period, segment), segment)
    score = found.score[place]
    scores = np.unique(np.concatenate([score, NPS_SCORES])) if survey == "nps" else np.unique(score)
    said = groups(found, survey)[place]
    series = tuple(Series(GROUP_LABELS[group], _counts(score[said == group], scores), ROLES[group])
                   for group in reversed(GROUPS[survey]))
    kpi = chosen(survey, book.settings)
    named = _("Answers by score ({kpi})", kpi=kpi.label)
    title = _titled(named, period.label(language), segment)
    answered, there = response_share(book, survey, period, segment)
    subtitle = _("{answered} of {there} customers answered ({share})", answered=answered, there=there,
                 share=formatted(answered / there, "share", language)) if there else None
    return Figure(f"{survey}-distribution", "stacked_bars", title, tuple(f"{one:g}" for one in scores), series, "count",
                  footnote(book, readings(book, [period], [survey]), [survey]), subtitle, period.label(language),
                  category_title=_("Score"))


def _counts(score: np.ndarray, scores: np.ndarray) -> tuple[float | None, ...]:
    counts = (int((score == one).sum()) for one in scores)
    return tuple(float(count) if count else None for count in counts)


def _titled(title: Message, period: str, segment: Segment | None) -> Message:
    if segment is None:
        return _("{title}, {period}", title=title, period=period)
    return _("{title} ({segment}), {period}", title=title, period=period, segment=segment_name(segment))


def shares(book: Book, survey: Survey, run: Sequence[Period], language: Language, segment: Segment | None = None
           ) -> Figure:
    """What share of each period's answers came from promoters, passives and detractors (satisfied and others)."""
    found, said = answers_of(book, survey), groups(answers_of(book, survey), survey)
    field = segment_field(book, segment.field) if segment else None
    columns = [field.column] if field and field.source == "subscriptions" else []
    per_period: dict[Period, dict[Group, float]] = {}
    for now in moments(book, run, columns):
        mine = said[counted(book, survey, now, segment)]
        if len(mine):
            per_period[now.period] = {group: float((mine == group).mean()) for group in GROUPS[survey]}
    series = tuple(Series(GROUP_LABELS[group], tuple(per_period.get(one, {}).get(group) for one in run), ROLES[group])
                   for group in GROUPS[survey])
    named = _("Who answers how ({kpi})", kpi=chosen(survey, book.settings).label)
    title = _titled(named, span_label(run, language), segment)
    unfinished = frozenset(i for i, one in enumerate(run) if book.as_of and one.end > book.as_of and len(found.day))
    return Figure(f"{survey}-shares", "stacked_bars", title, tuple(one.label(language) for one in run), series, "share",
                  footnote(book, readings(book, run[-1:], [survey]), [survey]), None, span_label(run, language),
                  incomplete=unfinished)


def after_answers(book: Book, survey: Survey, months: int, language: Language, segment: Segment | None = None
                  ) -> Figure:
    """The share that left within some months after an answer, by what had been said, with intervals."""
    found = later_churn(book, survey, months, segment)
    labels = tuple(GROUP_LABELS[one.group].text(language) for one in found)
    series = Series(_("Left within {n} months", n=months), tuple(one.value for one in found), "churn",
                    tuple(one.low for one in found), tuple(one.high for one in found))
    counts = [_("{group}: {left} of {n}", group=GROUP_LABELS[one.group], left=one.left, n=one.n) for one in found]
    note = _("Each customer counts with its first answer whose months are over. {counts}. Who answers is no random "
             "choice: this compares, it does not prove.", counts=counts)
    title = _("{kpi}: churn within {n} months after an answer", kpi=chosen(survey, book.settings).label, n=months)
    if segment is not None:
        title = _("{title} ({segment})", title=title, segment=segment_name(segment))
    return Figure(f"{survey}-after", "grouped_bars", title, labels, (series,), "share", note,
                  _told_apart(found, language), category_title=_("Answer"))


def _told_apart(found: Sequence[Outcome], language: Language) -> Message | None:
    """The highest share against the lowest, where their intervals are apart; else that they are not."""
    known = [one for one in found if one.n >= FEWEST and one.value is not None]
    if len(known) < 2:
        return _("Too few answers are old enough to tell.")
    high, low = (pick(known, key=lambda one: one.value or 0.0) for pick in (max, min))
    assert high.low is not None
    assert low.high is not None
    if high.low <= low.high:
        return _("The groups cannot be told apart: their intervals overlap.")
    first, second = (formatted(one.value, "share", language) for one in (high, low))
    return _("{high} left: {first}; {low}: {second}", high=GROUP_LABELS[high.group], first=first,
             low=GROUP_LABELS[low.group], second=second)
