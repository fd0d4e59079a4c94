"""The figures of onboarding: states by start, steps, days to completion, retention by step, use around completion."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cs_kpi.book import Book, day_of
from cs_kpi.charts.figure import Figure, Marker, Role, Series
from cs_kpi.charts.revenue import span_label
from cs_kpi.kpi.onboarding import starters
from cs_kpi.kpi.readings import Segment, segment_name
from cs_kpi.locale import Language, Message, _, shown
from cs_kpi.locale.formats import formatted
from cs_kpi.measures.onboarding import STATES, onboarding, rule_label
from cs_kpi.onboarding.editing import in_words
from cs_kpi.onboarding.funnel import funnel
from cs_kpi.onboarding.goals import LIMITS, Cell, Trial
from cs_kpi.onboarding.pace import Pace, pace, use_around
from cs_kpi.periods import Period

ROLES: dict[str, Role] = {"completed": "accent", "late": "second", "left": "churn", "overdue": "contraction",
                          "in_progress": "neutral"}
FEWEST_SHOWN = 10
"""Customers in either group, or in a week, below which no value is drawn; tables have them all."""


def _titled(title: Message, run: Sequence[Period], segment: Segment | None, language: Language) -> Message:
    period = span_label(run, language)
    if segment is None:
        return _("{title}, {period}", title=title, period=period)
    return _("{title} ({segment}), {period}", title=title, period=period, segment=segment_name(segment))


def states_by_start(book: Book, run: Sequence[Period], language: Language, segment: Segment | None = None) -> Figure:
    """The five states of the customers that started in each period; of a book that has a criterion."""
    assert book.as_of is not None
    found, today = book.once(onboarding), day_of(book.as_of)
    counts = np.zeros((len(run), len(STATES)))
    waiting = set()
    for place, period in enumerate(run):
        who = starters(book, [period], segment)
        counts[place] = np.bincount(found.state[who], minlength=len(STATES))
        if period.end > book.as_of or (found.limit[who] > today).any():
            waiting.add(place)
    bars = tuple(Series(label, tuple(counts[:, n].tolist()), ROLES[state])
                 for n, (state, label) in enumerate(STATES.items()))
    total = counts.sum(axis=0)
    completed, late, left, overdue, open_ = map(int, total)
    subtitle = _("Of {n} customers {completed} completed in time and {late} late; {left} left before, {overdue} are "
                 "overdue, {open} in progress", n=int(total.sum()), completed=completed, late=late, left=left,
                 overdue=overdue, open=open_)
    footnote = _("Criterion: {criterion}. Data up to {day}.", criterion=in_words(found.criterion), day=book.as_of)
    return Figure("onboarding-states", "stacked_bars", _titled(_("Onboarding states by start"), run, segment, language),
                  tuple(period.label(language) for period in run), bars, "count", footnote,
                  subtitle if total.sum() else None, span_label(run, language), incomplete=frozenset(waiting),
                  category_title=_("Start"))


def steps_reached(book: Book, run: Sequence[Period], language: Language, segment: Segment | None = None) -> Figure:
    """How many starters reached each milestone, from the first to the last."""
    found = funnel(book, run, segment)
    names = (_("Started").text(language), *(step.name for step in found.steps))
    values = (float(found.starters), *(float(step.reached) for step in found.steps))
    step: Role = "accent"
    roles: tuple[Role, ...] = ("neutral", *(step,) * len(found.steps))
    subtitle = _("{n} of {all} reached every step ({share})", n=found.completed_all, all=found.starters,
                 share=formatted(found.share_of_all, "share", language))
    footnote = _("Customers that started in these periods, by milestones in the order of their median day. Young "
                 "customers may still reach more. Data up to {day}.", day=book.as_of or "")
    return Figure("onboarding-steps", "ranked_bars", _titled(_("Steps reached"), run, segment, language), names,
                  (Series(_("Customers"), values),), "count", footnote, subtitle if found.starters else None,
                  span_label(run, language), roles=roles, category_title=_("Onboarding step"))


def days_to_complete(book: Book, run: Sequence[Period], language: Language, segment: Segment | None = None) -> Figure:
    """The days from the start to completion as a distribution."""
    found = pace(book, run, segment)
    footnote = _("{n} customers that completed, in time or late; {open} more have not completed and are not in it.",
                 n=found.n, open=found.open)
    return Figure("onboarding-days", "grouped_bars", _titled(_("Days to complete onboarding"), run, segment, language),
                  _bars(found), (Series(_("Customers"), tuple(float(one) for one in found.counts)),), "count", footnote,
                  _quartiles(found) if found.n else None, span_label(run, language),
                  category_title=_("Days from the start"))


def _bars(found: Pace) -> tuple[str, ...]:
    pairs = zip(found.edges[:-1], found.edges[1:] - 1, strict=True)
    return tuple(str(first) if first == last else f"{first}–{last}" for first, last in pairs)


def _quartiles(found: Pace) -> Message:
    return _("Median {median} days; half of them take {low} to {high} days", median=_half(found.median),
             low=_half(found.low), high=_half(found.high))


def _half(days: float) -> float | int:
    return int(days) if days == int(days) else round(days, 1)


def retention_by_step(tried: Trial, language: Language) -> Figure:
    """How much more of those who had reached a step within a limit stayed than of the others."""
    columns = tuple(_("{days} days", days=days).text(language) for days in LIMITS)
    rows = [[cell for cell in tried.cells if cell.rule == rule.model_copy(update={"days": cell.rule.days})]
            for rule in tried.steps]
    series = tuple(Series(shown(rule_label(rule), language), tuple(map(_drawn, cells)))
                   for rule, cells in zip(tried.steps, rows, strict=True))
    title = _("Who reached a step stays more (or less) often: retention after {months} months, in "
              "points", months=tried.months)
    footnote = _("Difference in retention between customers that had reached the step within the limit and those that "
                 "had not. Both were still customers on the day of the limit and have been observed for {months} "
                 "months. Cells with fewer than {fewest} customers on either side are blank. n = {n}.",
                 months=tried.months, fewest=FEWEST_SHOWN, n=len(tried.start))
    return Figure("onboarding-goals", "heatmap", title, columns, series, "points", footnote,
                  _("Of so many cells some differ by chance"), centre=0.0,
                  series_title=_("Onboarding step"), category_title=_("Reached within"))


def _drawn(cell: Cell) -> float | None:
    enough = min(cell.contrast.reached.n, cell.contrast.other.n) >= FEWEST_SHOWN
    return 100 * cell.contrast.difference if enough else None


def use_around_completion(book: Book, run: Sequence[Period], language: Language,
                          segment: Segment | None = None) -> Figure:
    """Mean use per customer and week, before and after the day on which onboarding was completed."""
    weeks = use_around(book, run, segment)
    is_drawn = weeks["customers"] >= FEWEST_SHOWN
    mean, low, high = (tuple(value if drawn else None for value, drawn in zip(weeks[name], is_drawn, strict=True))
                       for name in ("mean", "low", "high"))
    line = Series(_("Uses per customer and week"), mean, "accent", low, high)
    footnote = _("Mean use per customer and week with its 95% interval. Each week counts customers that were there "
                 "for the whole of it; weeks with fewer than {fewest} are left out. n = {n} in the week of completion.",
                 fewest=FEWEST_SHOWN, n=int(weeks.loc[weeks["week"] == 0, "customers"].iloc[0]))
    return Figure("onboarding-use", "line", _titled(_("Use before and after onboarding"), run, segment, language),
                  tuple(f"{week:+d}" if week else "0" for week in weeks["week"]), (line,), "ratio", footnote,
                  _before_and_after(weeks, language), span_label(run, language),
                  category_title=_("Weeks from completion"), value_title=_("Uses per customer and week"),
                  markers=(Marker(int((weeks["week"] < 0).sum()), _("Completed")),))


def _before_and_after(weeks: pd.DataFrame, language: Language) -> Message | None:
    """The four weeks before completion against the four from it on, where enough customers were there."""
    before, after = (weeks[weeks["week"].between(*span)] for span in ((-4, -1), (0, 3)))
    if min(before["customers"].min(), after["customers"].min()) < FEWEST_SHOWN:
        return None
    means = [formatted(float(np.average(part["mean"], weights=part["customers"])), "minutes", language)
             for part in (before, after)]
    return _("{before} uses a week in the four weeks before, {after} in the four weeks after", before=means[0],
             after=means[1])
