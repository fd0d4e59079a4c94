"""What a streak proposes: the same target at another level, for the periods that are still open or the next ones."""

from __future__ import annotations

from collections.abc import Sequence

from cs_kpi.book import Book
from cs_kpi.targets.goals import Wanted
from cs_kpi.targets.realism import guess
from cs_kpi.targets.review import Judged, Streak, better_by


def proposed(book: Book, wanted: Wanted, found: Sequence[Judged], said: Streak) -> tuple[bool, Wanted]:
    """Whether it follows on the target as a new one, and what it asks for.

    Easily met: at least what all of the streak's periods reached. Missed: at most what a quarter of the history up to
    now reached. Periods that are over keep what was asked of them. A new target takes as many periods as the old one,
    and nobody has agreed to it yet.
    """
    open_places = [place for place, one in enumerate(found) if one.status == "too_early"]
    follows_on = not open_places
    next_one = _following(wanted, found[-1] if follows_on else found[open_places[0]], follows_on)
    level = said.level if said.kind == "easy" else guess(book, next_one)
    if follows_on:
        return True, next_one.model_copy(update={"values": (level,) * len(wanted.values)})
    is_harder = said.kind == "easy"
    values = tuple(_moved(wanted, value, level, is_harder) if place in open_places else value
                   for place, value in enumerate(wanted.values))
    return False, wanted.model_copy(update={"values": values})


def _following(wanted: Wanted, at: Judged, follows_on: bool) -> Wanted:
    first = at.period.shifted(1) if follows_on else at.period
    if not follows_on:
        return wanted.model_copy(update={"first": first.start, "values": wanted.values[-1:]})
    shared = tuple(one.model_copy(update={"by": "", "on": None}) for one in wanted.shared_with)
    return wanted.model_copy(update={"first": first.start, "shared_with": shared})


def _moved(wanted: Wanted, value: float, level: float, is_harder: bool) -> float:
    """The level, where it is harder (or easier) than what is asked already."""
    is_better = better_by(wanted.measured, level, value) > 0
    return level if is_better == is_harder else value
