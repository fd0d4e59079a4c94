"""What a speaker may be asked: definition, convention, numerator, denominator, n, interval, source and data date."""

from __future__ import annotations

from collections.abc import Sequence

from cs_kpi.deck.registry import Item, tables_of
from cs_kpi.deck.scene import Scene
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.facts import facts, formulas, source_words
from cs_kpi.kpi.passport import Passport, table_sources
from cs_kpi.kpi.readings import missing, segment_name
from cs_kpi.locale import Message, _, shown

MOST_IN_FULL = 3
"""KPIs of which a slide's notes hold every fact; of a table of more all but sources and status, which they share."""
INTERVAL, DENOMINATOR, LEFT_OUT = _("95% interval"), _("Denominator"), _("Left out")
SHARED = (LEFT_OUT, _("Sources"), _("Data up to"), _("Segment"))
NO_SHARE = _("none: a sum, not a share")
NO_INTERVAL = _("none: a sum of what the sheets say, not an estimate")
UNKNOWN_INTERVAL = _("none can be given for this value")


def speaker_notes(scene: Scene, one: Item) -> list[str]:
    """Lines for the notes of an item's slides, beside what its charts say of themselves."""
    told = [name for name in one.kpis if missing(scene.book, KPIS[name]) is None]
    in_full = len(told) <= MOST_IN_FULL
    lines = [line for name in told for line in _of_kpi(scene, name, in_full=in_full)]
    if told and not in_full:
        lines += [_named(scene, LEFT_OUT, text) for text in _left_out(scene, told)]
    if scene.segment and not (told and in_full):
        lines.append(_named(scene, _("Segment"), shown(segment_name(scene.segment), scene.language)))
    if not told or not in_full:
        sources = table_sources(scene.book, tables_of(one, scene) or list(scene.book.tables))
        data_date = _("no date").text(scene.language) if scene.book.is_snapshot else shown(
            scene.book.as_of, scene.language)
        lines += [_named(scene, _("Sources"), source_words(sources, scene.language)),
                  _named(scene, _("Data up to"), data_date)]
    return lines


def _of_kpi(scene: Scene, name: str, *, in_full: bool) -> list[str]:
    """Definition and formula of one KPI, its numbers, and everything around them."""
    found = scene.passport_of(name)
    told = _with_none(scene, found, facts(scene.book, found, scene.segment, scene.language, scene.money_unit))
    if not in_full:
        told = {label: text for label, text in told.items() if label not in SHARED}
    return [f"■ {found.kpi.label.text(scene.language)} ({scene.period.label(scene.language)})",
            found.kpi.definition.text(scene.language),
            *formulas(scene.book, found, scene.language, scene.money_unit),
            *(_named(scene, label, text) for label, text in told.items())]


def _with_none(scene: Scene, found: Passport, told: dict[Message, str]) -> dict[Message, str]:
    """The facts, and of interval and denominator also that there is none: a speaker is asked for them all the same."""
    is_sum = not found.kpi.denominator
    if INTERVAL not in told and _("At least") not in told:
        told[INTERVAL] = (NO_INTERVAL if is_sum else UNKNOWN_INTERVAL).text(scene.language)
    if DENOMINATOR not in told:
        told[DENOMINATOR] = (NO_SHARE if is_sum else _("unknown")).text(scene.language)
    return told


def _left_out(scene: Scene, names: Sequence[str]) -> list[str]:
    """What was left out of these KPIs, each once."""
    return list(dict.fromkeys(line.text(scene.language) for name in names for line in scene.passport_of(name).left_out))


def _named(scene: Scene, label: Message, text: str) -> str:
    return _("{name}: {value}", name=label, value=text).text(scene.language)
