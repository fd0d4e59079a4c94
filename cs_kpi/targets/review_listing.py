"""The tables of the review, with columns named for the reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from cs_kpi.kpi.declarations import KPIS
from cs_kpi.locale import Language, Message, _, shown
from cs_kpi.periods import period_name
from cs_kpi.targets.goals import ReviewNote, ReviewRules, Target, Wanted
from cs_kpi.targets.relations import Relation, Verdict
from cs_kpi.targets.review import Judged, Status, Streak, latest, overall
from cs_kpi.targets.review_words import (
    STATUS_LABELS,
    agreed,
    asked,
    contradiction_said,
    differences,
    explained,
    span,
    streak_said,
    titled,
)
from cs_kpi.targets.words import Form

SIGNS: dict[Status, str] = {"met": "●", "on_track": "●", "behind": "▲", "missed": "■"}
"""As on charts: nobody has to see a colour."""
NOTE_LABELS: dict[str, Message] = {"tried": _("What was tried"), "outcome": _("What came of it"),
                                   "next": _("What next")}
"""The parts of a note, as its record has them."""
VERDICT_LABELS: dict[Verdict, Message] = {
    "with": _("Moves with it"), "against": _("Moves against it"), "none": _("Does not move with it"),
    "unclear": _("Cannot be told yet"), "short": _("Too few months"), "same": _("Counts the same movements"),
    "still": _("Has never changed")}


def reviewed(targets: Iterable[tuple[Wanted, Sequence[Judged]]], form: Form) -> pd.DataFrame:
    """One row per target: how it stands, by which period, and why."""
    rows = []
    for wanted, found in targets:
        one, unit = latest(found), wanted.measured.unit
        judged = [each for each in found if each.is_judged]
        met = sum(each.status == "met" for each in judged)
        rows.append({
            _("KPI"): titled(wanted), _("Status"): marked(overall(found)),
            _("Period"): one.period.label(form.language),
            _("Actual"): form.number(one.reading.value if one.gap is not None else None, unit),
            _("Target value"): form.number(one.wanted, unit),
            _("Met"): _("{k} of {n}", k=met, n=len(judged)) if judged else "", _("Why"): explained(one, wanted, form),
            _("All periods"): span(wanted), _("Value or path"): asked(wanted, form), _("Owner"): wanted.owner,
            _("Shared with"): [agreed(each) for each in wanted.shared_with]})
    return _frame(rows, form.language)


def by_period(wanted: Wanted, found: Sequence[Judged], form: Form) -> pd.DataFrame:
    """One row per period of a target."""
    unit = wanted.measured.unit
    return _frame([{
        _("Period"): one.period.label(form.language), _("Status"): marked(one.status),
        _("Actual"): form.number(one.reading.value if one.gap is not None else None, unit),
        _("Target value"): form.number(one.wanted, unit), _("n"): one.reading.n if one.gap is not None else None,
        _("Why"): explained(one, wanted, form)} for one in found], form.language)


def noted(notes: Sequence[ReviewNote], form: Form) -> pd.DataFrame:
    """One row per note: what was tried, what came of it, what next."""
    return _frame([{_("Period"): period_name(one.period) or one.period,
                    **{label: getattr(one, field) for field, label in NOTE_LABELS.items()}} for one in notes],
                  form.language)


def proposals(found: Sequence[tuple[Wanted, Streak, Wanted, Sequence[Relation]]], rules: ReviewRules,
              form: Form) -> pd.DataFrame:
    """One row per proposal: the target, what its last periods say, what contradicts it, and what is proposed.

    found : target, streak, proposed target, and the contradictions that the target's KPI has a part in
    """
    return _frame([{
        _("KPI"): titled(wanted), _("Target value"): asked(wanted, form),
        _("What its periods say"): streak_said(said, rules.margin, wanted, form),
        _("Contradictions"): [contradiction_said(one, wanted) for one in against],
        _("Proposal"): asked(other, form), _("Periods"): span(other)} for wanted, said, other, against in found],
        form.language)


def history(target: Target, form: Form) -> pd.DataFrame:
    """Who changed what, when and why; the latest first."""
    rows = [{_("Changed at"): _moment(change.at, form.language), _("Changed by"): change.by,
             _("What"): label, _("Before"): old, _("After"): new, _("Why"): change.why}
            for before, after, change in reversed(target.versions)
            for label, old, new in differences(before, after, form)]
    return _frame(rows, form.language)


def _moment(at: dt.datetime, language: Language) -> str:
    """A moment in UTC as the clock of this computer had it."""
    here = at.replace(tzinfo=dt.UTC).astimezone()
    return here.strftime("%Y/%m/%d %H:%M" if language == "ja" else "%Y-%m-%d %H:%M")


def related(found: Sequence[Relation], form: Form) -> pd.DataFrame:
    """One row per KPI: how it moves with the KGI, how sure that is, and on how many months it rests."""
    rows = []
    for one in found:
        seen = one.found
        rows.append({
            _("KPI"): KPIS[one.kpi].label, _("With"): KPIS[one.kgi].label, _("Verdict"): VERDICT_LABELS[one.verdict],
            _("Correlation"): None if seen is None else round(seen.r, 2),
            _("Interval from"): None if seen is None else round(seen.low, 2),
            _("Interval to"): None if seen is None else round(seen.high, 2),
            _("Lead in months"): None if seen is None else seen.lag,
            _("Pairs of months"): None if seen is None else seen.pairs,
            _("Worth"): None if seen is None else round(seen.worth)})
    return _frame(rows, form.language)


def marked(status: Status) -> Message:
    """A status with its sign."""
    label = STATUS_LABELS[status]
    return _("{sign} {status}", sign=SIGNS[status], status=label) if status in SIGNS else label


def _frame(rows: Sequence[Mapping[Message, object]], language: Language) -> pd.DataFrame:
    """Rows in the reader's language, numbers as numbers."""
    said = [{head.text(language): value if value is None or isinstance(value, (int, float)) else shown(value, language)
             for head, value in row.items()} for row in rows]
    return pd.DataFrame(said)
