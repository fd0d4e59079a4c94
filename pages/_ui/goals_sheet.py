"""The monthly review sheet: slides with native charts, all targets first, then each with its notes for the speaker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cs_kpi.book import Book
from cs_kpi.charts.review import course, scoreboard
from cs_kpi.export.slides import deck
from cs_kpi.targets.goals import Wanted
from cs_kpi.targets.review import Judged, latest
from cs_kpi.targets.review_words import explained
from pages._ui.goals_notes import said
from pages._ui.goals_work import form_of, notes
from pages._ui.words import say
from pages._ui.work import language, preferences


def sheet(book: Book, known: Mapping[str, Wanted], found: Mapping[str, list[Judged]]) -> bytes:
    """A presentation: one slide of all targets, one per target."""
    figures = [scoreboard(book, [(wanted, found[key]) for key, wanted in known.items()], language())]
    words: dict[str, str] = {}
    for key, wanted in known.items():
        one = replace(course(book, wanted, found[key], language()), id=f"target-{key}")
        figures.append(one)
        lines = [say(explained(latest(found[key]), wanted, form_of(book)))]
        lines += [line for note in notes(key).values() for line in said(note)]
        words[one.id] = "\n".join(lines)
    return deck(figures, language(), preferences().money_unit, notes=words)
