"""What a speaker may be asked: definition, convention, numerator, denominator, n, interval, source and data date."""

from __future__ import annotations

from cs_kpi.deck.registry import Item, tables_of
from cs_kpi.deck.scene import Scene
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.facts import facts, formulas, source_words
from cs_kpi.kpi.passport import table_sources
from cs_kpi.kpi.readings import missing
from cs_kpi.locale import Message, _, shown

MOST_IN_FULL = 3
"""KPIs of which a slide's notes hold every fact; of a table of more the definition, the numbers and the convention."""
IN_SHORT = (_("Convention"), _("Left out"))


def speaker_notes(scene: Scene, one: Item) -> list[str]:
    """Lines for the notes of an item's slides, beside what its charts say of themselves."""
    told = [name for name in one.kpis if missing(scene.book, KPIS[name]) is None]
    lines = [line for name in told for line in _of_kpi(scene, name, in_full=len(told) <= MOST_IN_FULL)]
    if not told or len(told) > MOST_IN_FULL:
        sources = table_sources(scene.book, tables_of(one, scene) or list(scene.book.tables))
        data_date = _("no date").text(scene.language) if scene.book.is_snapshot else shown(
            scene.book.as_of, scene.language)
        lines += [_named(scene, _("Sources"), source_words(sources, scene.language)),
                  _named(scene, _("Data up to"), data_date)]
    return lines


def _of_kpi(scene: Scene, name: str, *, in_full: bool) -> list[str]:
    """Definition and formula of one KPI, its numbers, and everything around them."""
    found = scene.passport_of(name)
    told = facts(scene.book, found, scene.segment, scene.language, scene.money_unit)
    if not in_full:
        told = {label: text for label, text in told.items() if label in IN_SHORT}
    return [f"■ {found.kpi.label.text(scene.language)} ({scene.period.label(scene.language)})",
            found.kpi.definition.text(scene.language),
            *formulas(scene.book, found, scene.language, scene.money_unit),
            *(_named(scene, label, text) for label, text in told.items())]


def _named(scene: Scene, label: Message, text: str) -> str:
    return _("{name}: {value}", name=label, value=text).text(scene.language)
