"""What differs between two ways of scoring, and which of several held at a closing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from cs_kpi.book import Book, day_of
from cs_kpi.churn.snapshots import UNDATED
from cs_kpi.health.history import Course, closings
from cs_kpi.health.score import NO_BAND, scores
from cs_kpi.health.sources import label_of
from cs_kpi.health.words import BAND_LABELS, MISSING_LABELS, cap_sentence, value_of
from cs_kpi.health_rules import Band, Component, HealthConfiguration, HealthVersion, Rules
from cs_kpi.locale import Message, _


def differences(book: Book, old: HealthConfiguration, new: HealthConfiguration) -> list[Message]:
    """What one has to do to the old configuration to get the new one, whole sentences; names and days aside."""
    found = list(_of_rules(book, old.rules, new.rules))
    if old.field != new.field and new.field:
        found.append(_("Rules differ by '{field}'.", field=new.field))
    for value in dict.fromkeys((*old.segments, *new.segments)):
        if value not in new.segments:
            found.append(_("'{value}' has no rules of its own any more.", value=value))
        else:
            before = old.segments.get(value, old.rules)
            lines = list(_of_rules(book, before, new.segments[value]))
            if value not in old.segments and not lines:
                found.append(_("'{value}' has rules of its own.", value=value))
            found += [_("{value}: {change}", value=value, change=line) for line in lines]
    if old.horizon_months != new.horizon_months:
        found.append(_("The test looks {new} months ahead instead of {old}.", old=old.horizon_months,
                       new=new.horizon_months))
    if old.insists_on_risk != new.insists_on_risk:
        found.append(_("The churn risk counts even where its test does not believe it.") if new.insists_on_risk else
                     _("The churn risk counts only where its test believes it."))
    return found


def _of_rules(book: Book, old: Rules, new: Rules) -> Iterator[Message]:
    before, after = ({part.feature: part for part in rules.components} for rules in (old, new))
    for id in [id for id in after if id not in before]:
        yield _("New part: {part}, weight {weight}.", part=label_of(book, id), weight=_number(after[id].weight))
    for id in [id for id in before if id not in after]:
        yield _("Part taken out: {part}.", part=label_of(book, id))
    for id, part in after.items():
        if id in before:
            yield from _of_part(book, before[id], part)
    limits: tuple[tuple[Band, float, float], ...] = (("yellow", old.yellow_from, new.yellow_from),
                                                     ("green", old.green_from, new.green_from))
    for band, was, now in limits:
        if was != now:
            yield _("{band} begins at {new} instead of {old}.", band=BAND_LABELS[band], old=_number(was),
                    new=_number(now))
    if old.missing != new.missing:
        yield _("What is not known counts as: {new} (before: {old}).", new=MISSING_LABELS[new.missing],
                old=MISSING_LABELS[old.missing])
    for cap in new.caps:
        if cap not in old.caps:
            yield _("New cap: {cap}.", cap=cap_sentence(book, cap))
    for cap in old.caps:
        if cap not in new.caps:
            yield _("Cap taken out: {cap}.", cap=cap_sentence(book, cap))


def _of_part(book: Book, old: Component, new: Component) -> Iterator[Message]:
    label = label_of(book, new.feature)
    if old.weight != new.weight:
        yield _("{part}: weight {new} instead of {old}.", part=label, old=_number(old.weight), new=_number(new.weight))
    ends = [(end, getattr(old, end), getattr(new, end)) for end in ("bad", "good")]
    for end, was, now in ends:
        if was != now:
            told = {"part": label, "old": value_of(book, new.feature, was), "new": value_of(book, new.feature, now)}
            yield (_("{part}: bad at {new} instead of {old}.", **told) if end == "bad" else
                   _("{part}: good at {new} instead of {old}.", **told))


def _number(value: float) -> str:
    return f"{value:g}"


def in_force(versions: Sequence[HealthVersion], day: int) -> HealthVersion:
    """The version by which the closing of a day is scored: the last one made up to it, before all of them the first."""
    if day == UNDATED:
        return versions[-1]
    made = [one for one in versions if day_of(one.configuration.made_on) <= day]
    return max(made, key=lambda one: (one.configuration.made_on, one.number)) if made else versions[0]


def course_then(book: Book, versions: Sequence[HealthVersion]) -> Course:
    """The scores of every customer at every closing, each under the version that held then."""
    days, size = closings(book), len(book.customer_ids)
    score, band = np.full((len(days), size), np.nan), np.full((len(days), size), NO_BAND, dtype=np.int64)
    for place, day in enumerate(days):
        found = scores(book, in_force(versions, day).configuration, day)
        score[place, found.customer], band[place, found.customer] = found.score, found.band
    return Course(tuple(days), score, band)
