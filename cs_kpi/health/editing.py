"""Changes of a health configuration, one at a time, and what a book offers for them; nothing is saved here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from cs_kpi.book import Book
from cs_kpi.churn.features import GROUP_LABELS
from cs_kpi.errors import DataError
from cs_kpi.health.history import last_day
from cs_kpi.health.score import customers_at, values_at
from cs_kpi.health.sources import label_of, sources
from cs_kpi.health.starting import thresholds
from cs_kpi.health_rules import CHURN_RISK, RISK_THRESHOLDS, Cap, Component, HealthConfiguration, Rules
from cs_kpi.locale import Message, _

LAST_PART = _("A health score needs at least one part. Add another one before you remove this one.")
NO_SLOPE = _("The values for bad and good must differ. Enter two different numbers.")
LIMITS_CROSS = _("Green must not begin below yellow. Enter a higher limit for green.")


def rules_of(configuration: HealthConfiguration, segment: str | None) -> Rules:
    """The rules of a segment, else those for everybody else."""
    return configuration.segments.get(segment, configuration.rules) if segment else configuration.rules


def with_rules(configuration: HealthConfiguration, segment: str | None, rules: Rules) -> HealthConfiguration:
    """The configuration with other rules for a segment, or for everybody else."""
    if segment is None or segment not in configuration.segments:
        return configuration.model_copy(update={"rules": rules})
    return configuration.model_copy(update={"segments": {**configuration.segments, segment: rules}})


def with_change(rules: Rules, problem: Message, **changes: object) -> Rules:
    """Rules with some fields changed. Raises DataError, with `problem`, where they then make no sense."""
    try:
        return Rules.model_validate({**rules.model_dump(), **changes})
    except ValidationError as error:
        raise DataError(problem) from error


def with_part(rules: Rules, feature: str, **changes: float) -> Rules:
    """Rules in which a part has other thresholds or another weight."""
    parts = [{**part.model_dump(), **changes} if part.feature == feature else part.model_dump()
             for part in rules.components]
    return with_change(rules, NO_SLOPE, components=parts)


def with_new_part(book: Book, configuration: HealthConfiguration, rules: Rules, feature: str) -> Rules:
    """Rules with one more part: thresholds from today's customers, the mean of the other weights."""
    bad, good = guessed(book, configuration, feature)
    weight = round(sum(part.weight for part in rules.components) / len(rules.components), 1) or 1.0
    part = Component(feature=feature, bad=bad, good=good, weight=weight)
    return rules.model_copy(update={"components": (*rules.components, part)})


def guessed(book: Book, configuration: HealthConfiguration, feature: str) -> tuple[float, float]:
    """Bad and good for a feature of this book's present customers; 0 and 1 where they do not tell."""
    if feature == CHURN_RISK:
        return RISK_THRESHOLDS
    day = last_day(book)
    one, value = sources(book, configuration)[feature], values_at(book, configuration, feature, day)
    return thresholds(one, value[customers_at(book, day)]) or ((1.0, 0.0) if one.better == "down" else (0.0, 1.0))


def with_limits(rules: Rules, yellow_from: float, green_from: float) -> Rules:
    return with_change(rules, LIMITS_CROSS, yellow_from=yellow_from, green_from=green_from)


def without_part(rules: Rules, feature: str) -> Rules:
    """Rules without a part. Raises DataError where it is the last one."""
    return with_change(rules, LAST_PART, components=[
        part.model_dump() for part in rules.components if part.feature != feature])


def with_cap(rules: Rules, place: int, cap: Cap) -> Rules:
    """Rules with a cap in the place of another, or after the last one."""
    return rules.model_copy(update={"caps": (*rules.caps[:place], cap, *rules.caps[place + 1:])})


def without_cap(rules: Rules, place: int) -> Rules:
    return rules.model_copy(update={"caps": (*rules.caps[:place], *rules.caps[place + 1:])})


def new_cap(book: Book, configuration: HealthConfiguration, feature: str) -> Cap:
    """A cap at yellow for whoever is bad in a feature."""
    bad, good = guessed(book, configuration, feature)
    return Cap(feature=feature, when="at_most" if good > bad else "at_least", limit=bad, band="yellow")


def by_field(configuration: HealthConfiguration, field: str | None) -> HealthConfiguration:
    """The configuration with customers told apart by a field, of which no value has rules of its own yet."""
    return configuration.model_copy(update={"field": field, "segments": {}})


def with_segments(configuration: HealthConfiguration, values: Sequence[str]) -> HealthConfiguration:
    """Rules of their own for just these values of the field; new ones begin with the rules for everybody else."""
    return configuration.model_copy(update={
        "segments": {value: configuration.segments.get(value, configuration.rules) for value in values}})


def offered(book: Book, configuration: HealthConfiguration, there: Sequence[str] = ()) -> Mapping[str, Message | str]:
    """Everything that a score of this book can look at and `there` does not name: id -> group and label."""
    order = list(GROUP_LABELS)
    found = sorted(sources(book, configuration).values(), key=lambda one: order.index(one.group))
    return {one.id: _("{group}: {part}", group=GROUP_LABELS[one.group], part=label_of(book, one.id))
            for one in found if one.id not in there}
