"""What rows of events are by their cells, where no header says so: steps, answers in words or numbers."""

from __future__ import annotations

from pathlib import PurePath

import numpy as np

from cs_kpi.ingest.content_names import FEWEST_ROWS, FILLED, Free
from cs_kpi.ingest.event_days import DAYS, FEES, is_of_another, tables_of
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.main_table import stand_several_times, titled
from cs_kpi.ingest.matching import SURE, Scores
from cs_kpi.ingest.milestone_columns import is_step
from cs_kpi.ingest.naming.vocabulary import Place, choice_words
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.records import Sheet
from cs_kpi.ingest.values.amounts import amounts
from cs_kpi.ingest.values.names import ids

SCORE, PULSE, COUNT = Place("surveys", "score"), Place("pulse", "value"), Place("usage", "count")
STEP = Place("milestones", "milestone")
MOSTLY, FEWEST_WORDS = 0.9, 3
RANGES = {SCORE: (0, 10), PULSE: (1, 5), COUNT: (0, float("inf"))}
"""Between which numbers the cells of an answer, a pulse and a count of use lie."""


def told(found: Scores, free: Free, sheet: Sheet, table: Area) -> dict[Place, str]:
    """The one column that makes rows with a day what they are: satisfaction in words, names of steps; numbers where a
    title says of what, and no other column has such."""
    sure = {place for rated in found.values() for place, score in rated.items() if score >= SURE}
    if sure & FEES or tables_of(found) or not _has_day(sure, free):
        return {}
    texts = {header: {plain(text) for text in ids(free.body[header]).dropna()} for header in free.seen}
    answers = [header for header, words in texts.items() if len(words) >= FEWEST_WORDS and words <= _satisfied()]
    if len(answers) == 1:
        return {SCORE: answers[0]}
    steps = [header for header, words in texts.items() if len(words) >= FEWEST_WORDS
             and sum(map(is_step, words)) >= MOSTLY * len(words)]
    if len(steps) == 1 and free.seen[steps[0]].dates == 0 and stand_several_times(table, found):
        return {STEP: steps[0]}
    for name, place in {"surveys": SCORE, "pulse": PULSE, "usage": COUNT}.items():
        likely = [header for header in free.seen if _is_within(free, header, *RANGES[place])]
        if len(likely) == 1 and _titles(sheet, table) == {name}:
            return {place: likely[0]}
    return {}


def _satisfied() -> set[str]:
    return {word for word in choice_words("surveys", "score") if not word.isdigit()}


def _has_day(sure: set[Place], free: Free) -> bool:
    return bool(sure & DAYS) or any(
        seen.dates >= MOSTLY and not is_of_another(header) for header, seen in free.seen.items())


def _titles(sheet: Sheet, table: Area) -> frozenset[str]:
    """The tables of which the sheet's name speaks, else the text above the table, else the file's name."""
    return next((tables for text in (sheet.name, table.title, PurePath(sheet.file).stem)
                 if (tables := titled(text))), frozenset())


def _is_within(free: Free, header: str, least: float, most: float) -> bool:
    """Whether all cells are whole numbers between two, in nearly every row, and not the numbers of rows."""
    seen, cells = free.seen[header], free.body[header]
    if seen.numbers < 1 or seen.whole < 1 or seen.dates >= MOSTLY or cells.notna().mean() < FILLED:
        return False
    values = amounts(cells.dropna()).values
    return len(values) >= FEWEST_ROWS and bool((values >= least).all() and (values <= most).all()
                                               and len(np.unique(values)) < len(values) + (most > 10))
