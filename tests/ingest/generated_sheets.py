"""Sheets drawn at random: headers from the lexicon for the fields of a shape, columns that say nothing beside them.

A shape is a function of a `Draw` that returns a `Drawn`: its columns and the rows that must come of them. `case` makes of
it a file and what must be read from it, always the same for a seed; `judged` reads it as the corpus does.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from tests.ingest.corpus.cases import Case, File, Row, Wanted
from tests.ingest.corpus.judging import Verdict, verdict
from tests.ingest.corpus.lives import Life, lives
from tests.ingest.corpus.writing import (
    american,
    compact,
    european,
    kanji,
    slash,
    table,
    workbook,
)

Language = Literal["ja", "en"]
LEXICON = Path(__file__).parent / "lexicon"
AREAS: dict[Language, tuple[str, ...]] = {
    "ja": ("ja_contracts", "ja_events"), "en": ("en_contracts", "en_events", "en_money", "en_who")}
DAY_STYLES: dict[Language, tuple[Callable[[dt.date], Any], ...]] = {
    "ja": (lambda day: day, lambda day: day, slash, kanji, dt.date.isoformat, compact),
    "en": (lambda day: day, lambda day: day, american, european, dt.date.isoformat, lambda day: f"{day:%d %b %Y}",
           lambda day: f"{day:%b} {day.day}, {day.year}")}
SIGNS: dict[Language, tuple[str, ...]] = {"ja": ("", "", "¥", "円"), "en": ("", "", "$", "£")}
PEOPLE: dict[Language, tuple[str, ...]] = {
    "ja": ("佐藤", "鈴木 花子", "田中", "高橋 健", "渡辺"), "en": ("Dana Ruiz", "Marcus", "Priya N.", "Jill Baker", "Tom")}
ID_STYLES = ("C{:04d}", "A-{:05d}", "{:05d}", "ACC{:03d}", "CUS-{:04d}", "10{:04d}")
DAY_WORDS = re.compile(r"(?:日|日付|年月日|期限|日時|予定日)$|\b(?:date|day|on|deadline|until|dt|expiry|due|at)\b(?!.*\b(?:reason|notes?)\b)", re.I)
COUNT_WORDS = re.compile(r"(?:数|回数|人数|時間|年数|No\.?|番号|スコア)$|\b(?:count|number|no|qty|days?|hours?|minutes?|months?"
                         r"|score|seats|users|tickets|logins)\b|#", re.I)
SHARE_WORDS = re.compile(r"率|%|％|\b(?:rate|percent|pct|probability|share)\b|比$", re.I)
MONEY_WORDS = re.compile(r"額|料|費|売上|残高|利益|MRR|ARR|\b(?:amount|revenue|price|cost|fees?|spend|balance|value|mrr|arr|tax|vat)\b",
                         re.I)
CONTACT_WORDS = re.compile(r"mail|メール|アドレス", re.I)


@dataclass(frozen=True, slots=True)
class Filled:
    """A column: its header, its cells, and the fields that it must feed, "table.field"; none for a column beside.

    is_free : it may feed other fields as well
    """

    header: str
    cells: Sequence[Any]
    places: tuple[str, ...] = ()
    is_free: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a shape has drawn.

    tables : canonical table -> every row that must come, with the fields that matter
    names : names that the file or the sheet may have and that say what it is
    shape : as `Wanted.shape`
    """

    columns: Sequence[Filled]
    tables: Mapping[str, Sequence[Row]]
    names: tuple[str, ...]
    shape: str | None = None


@dataclass(slots=True)
class Draw:
    """One sheet being drawn: its language, its generator, its way of writing, the headers that it has already."""

    r: random.Random
    language: Language
    used: set[str] = field(default_factory=set)
    day: Callable[[dt.date], Any] = slash
    money: Callable[[float], Any] = round

    @classmethod
    def of(cls, seed: str, language: Language) -> Draw:
        r = random.Random(seed)
        sign, is_text = r.choice(SIGNS[language]), r.random() < 0.4
        return cls(r, language, day=r.choice(DAY_STYLES[language]),
                   money=(lambda amount: f"{amount:,}円" if sign == "円" else f"{sign}{amount:,}")
                   if sign or is_text else (lambda amount: amount))

    def lives(self) -> list[Life]:
        """10 to 20 customers with a contract each."""
        return lives(self.r, self.r.randint(10, 20), self.r.choice(ID_STYLES), self.language,
                     round_to=1000 if self.language == "ja" else 10)

    def header(self, place: str, only: Callable[[str], object] = bool) -> str:
        """A header of the lexicon for a field that no column has yet."""
        return self._new([one for one in headers(self.language).get(place, ()) if only(one)])

    def column(self, place: str, cells: Sequence[Any], *others: str, only: Callable[[str], object] = bool) -> Filled:
        """A column for a field, and for `others` that it feeds as well."""
        return Filled(self.header(place, only), cells, (place, *others))

    def days(self, place: str, days: Sequence[dt.date | None], *others: str, only: Callable[[str], object] = bool) -> Filled:
        return self.column(place, [None if day is None else self.day(day) for day in days], *others, only=only)

    def amounts(self, place: str, amounts: Sequence[float], only: Callable[[str], object] = bool) -> Filled:
        return self.column(place, [self.money(amount) for amount in amounts], only=only)

    def any_of(self, *columns: Callable[[], Filled], share: float = 0.6) -> list[Filled]:
        """Some of these columns."""
        return [write() for write in columns if self.r.random() < share]

    def among(self, choices: Sequence[Any], count: int) -> list[Any]:
        """One of `choices` for each of `count` rows; each of them is there."""
        given = [*choices, *(self.r.choice(choices) for _ in range(count))][:count]
        self.r.shuffle(given)
        return given

    def beside(self, count: int, rows: int) -> list[Filled]:
        """Columns that name no field, with cells that fit their headers."""
        return [self._said(self._new(headers(self.language)[""]), rows) for _ in range(count)]

    def _new(self, pool: Sequence[str]) -> str:
        free = [one for one in pool if one.casefold() not in self.used]
        header = self.r.choice(free)
        self.used.add(header.casefold())
        return header

    def _said(self, header: str, rows: int) -> Filled:
        r, ja = self.r, self.language == "ja"
        if CONTACT_WORDS.search(header):
            return Filled(header, [f"user{r.randint(1, 99)}@example.com" for _ in range(rows)])
        if SHARE_WORDS.search(header):
            return Filled(header, [f"{r.randint(1, 100)}%" for _ in range(rows)])
        if MONEY_WORDS.search(header):
            return Filled(header, [self.money(r.randint(1, 400) * (1000 if ja else 10)) for _ in range(rows)])
        if COUNT_WORDS.search(header):
            return Filled(header, [r.randint(0, 60) for _ in range(rows)])
        if DAY_WORDS.search(header):
            return Filled(header, [self.day(dt.date(2025, 1, 1) + dt.timedelta(r.randint(0, 400))) if r.random() < 0.8 else None
                                   for _ in range(rows)])
        words = ("要確認", "対応済", "A", "B", "東京", "製造", "なし") if ja else ("ok", "to check", "A", "B", "Boston", "Retail", "none")
        return Filled(header, [r.choice((*r.sample(words, 3), None)) for _ in range(rows)])


@cache
def headers(language: Language) -> dict[str, tuple[str, ...]]:
    """The lexicon by field, blanks under ""; without headers that may name several fields, by its lists or between them."""
    told: dict[str, set[str]] = defaultdict(set)
    written: dict[str, str] = {}
    for area in AREAS[language]:
        with (LEXICON / f"{area}.csv").open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                told[row["header"].casefold()].add(row["places"])
                written.setdefault(row["header"].casefold(), row["header"])
    by_place: dict[str, list[str]] = defaultdict(list)
    for key, places in told.items():
        if len(places) == 1:
            by_place[next(iter(places))].append(written[key])
    return {place: tuple(found) for place, found in by_place.items()}


Shape = Callable[[Draw], Drawn]


def case(shape: Shape, seed: int, language: Language) -> Case:
    """A sheet of this shape, and what must be read from it."""
    name = f"{shape.__name__}-{language}-{seed}"
    return Case(name, "first", "generated", shape.__doc__ or "", None, lambda: ((_file(shape, name, language),), {}))


def judged(shape: Shape, seed: int, language: Language) -> Verdict:
    """What the import makes of such a sheet."""
    return verdict(case(shape, seed, language))


def _file(shape: Shape, name: str, language: Language) -> File:
    draw = Draw.of(name, language)
    drawn = shape(draw)
    rows = len(drawn.columns[0].cells)
    columns = _shuffled(draw.r, [*drawn.columns, *draw.beside(draw.r.randint(2, 8), rows)])
    cells = [[one.header for one in columns], *(list(row) for row in zip(*(one.cells for one in columns), strict=True))]
    stem = draw.r.choice((*drawn.names, *(("データ", "一覧") if language == "ja" else ("data", "export"))))
    sheet = draw.r.choice((*drawn.names, "Sheet1"))
    wanted = Wanted(_fed(columns, drawn.tables), drawn.tables, drawn.shape, may=tuple(
        one.header for one in columns if one.is_free))
    if draw.r.random() < 0.4:
        return File(f"{stem}.csv", table(cells, encoding="utf-8-sig"), {stem: wanted})
    return File(f"{stem}.xlsx", workbook({sheet: cells}), {sheet: wanted})


def _fed(columns: Sequence[Filled], tables: Mapping[str, Sequence[Row]]) -> dict[str, str]:
    """The header of each field; the customer's key is that of every table with a customer in it."""
    fed = {place: one.header for one in columns for place in one.places}
    for place in [place for place in fed if place.endswith(".customer_id")]:
        fed |= {f"{table}.customer_id": fed[place] for table in tables}
    return fed


def _shuffled(r: random.Random, columns: Sequence[Filled]) -> list[Filled]:
    """The columns a little out of order: each moves by a few places."""
    return [one for _at, one in sorted(((at + r.uniform(0, 4), one) for at, one in enumerate(columns)), key=lambda pair: pair[0])]
