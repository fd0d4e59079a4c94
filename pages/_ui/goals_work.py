"""What the sections of targets and review share: the saved records, and what the Book says of them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from cs_kpi.book import Book
from cs_kpi.targets.goals import Benchmark, ReviewNote, ReviewRules, Target, Wanted
from cs_kpi.targets.realism import Realism, guess, realism
from cs_kpi.targets.review import Judged, judged
from cs_kpi.targets.words import Form
from pages._ui.cache import cached
from pages._ui.work import language, preferences, workspace

RULES = "review"


def targets() -> dict[str, Target]:
    """Every saved target, those that begin first first."""
    known = workspace().all(Target)
    return dict(sorted(known.items(), key=lambda one: (one[1].now.first, one[1].made_at, one[0])))


def benchmarks(kpi: str | None = None) -> dict[str, Benchmark]:
    return {key: one for key, one in workspace().all(Benchmark).items() if kpi in (None, one.kpi)}


def notes(target: str) -> dict[str, ReviewNote]:
    """Those of a target, in the order of their periods."""
    known = workspace().all(ReviewNote)
    return dict(sorted(((key, one) for key, one in known.items() if one.target == target),
                       key=lambda one: one[1].period))


def rules() -> ReviewRules:
    return workspace().load(ReviewRules, RULES) or ReviewRules()


def save(records: Mapping[str, Any]) -> None:
    """Keep records of one kind under their keys, signed."""
    workspace().save_all(records, by=preferences().display_name)


def new_key() -> str:
    return uuid.uuid4().hex[:12]


def now() -> dt.datetime:
    """This moment in UTC, to the second, as records hold it."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0, tzinfo=None)


def form_of(book: Book) -> Form:
    """How numbers are written for this reader."""
    return Form(language(), book.currency, preferences().money_unit)


def found_of(book: Book, wanted: Wanted) -> list[Judged]:
    """A target against what the Book says; computed anew with every Book, never stored."""
    return cached(_judged, book, wanted.model_dump_json())


def realism_of(book: Book, wanted: Wanted) -> Realism:
    return cached(_realism, book, wanted.model_dump_json())


def guess_of(book: Book, wanted: Wanted) -> float:
    return cached(_guess, book, wanted.model_dump_json())


def _judged(book: Book, body: str) -> list[Judged]:
    return judged(book, Wanted.model_validate_json(body))


def _realism(book: Book, body: str) -> Realism:
    return realism(book, Wanted.model_validate_json(body))


def _guess(book: Book, body: str) -> float:
    return guess(book, Wanted.model_validate_json(body))
