"""The declared words of `tables.py`, made ready for comparing."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from cs_kpi.fields import Field
from cs_kpi.header_words import (
    DEADLINE_WORDS,
    LEAVING_WORDS,
    PERSON_WORDS,
    REASON_WORDS,
    RENEWING_WORDS,
    SCORE_QUESTIONS,
    UNDATED_FIELDS,
)
from cs_kpi.ingest.naming import at_leaving, events_en
from cs_kpi.ingest.naming.abbreviations import has_currency, spelt, spelt_out
from cs_kpi.ingest.naming.asides import is_another_by_aside, is_unit_price
from cs_kpi.ingest.naming.brackets import in_brackets
from cs_kpi.ingest.naming.compositions import OPENLY, SURELY, composed, is_name_of_column, is_of_another
from cs_kpi.ingest.naming.compositions_ja import plainer
from cs_kpi.ingest.naming.likeness import Groups, groups, likenesses
from cs_kpi.ingest.naming.system_headers import Wording, is_glued, names_nothing, surely, wordings
from cs_kpi.ingest.naming.words import nfkc, plain, singular
from cs_kpi.locale import LANGUAGES
from cs_kpi.tables import TABLES

KNOWN = 0.8
"""From this likeness on a header is known by its own words."""
RANK_STEP = 0.004
"""A later synonym says slightly less than an earlier one."""
ABOUT = re.compile(r"(?:基本)?(?:情報|データ|内容|詳細|関連|項目)$|(?<=.) (?:info|information|details?|data)$",
                   re.IGNORECASE)
"""What a group of columns is called beside its subject: 顧客情報 over 名称 is 顧客名称."""
NAMING = frozenset(("customer_id", "customer_name", "subscription_id"))
UNDER_A_GROUP, UNDER_ANOTHER = 0.95, 0.75
"""How well the last level of a header names a field, under a level that says nothing of it or of another table."""
QUESTION_TAIL = re.compile(r"(?:について|を|は)?(?:ご|お)?(?:記入|入力|教え|選び|選択|聞かせ|答え|回答|記載)"
                           r"(?:て|して|を)?(?:ください|下さい|お願いします)?[。.!]?$|は(?:何|どちら)(?:です|でしょう)か.?$"
                           r"| ?[?？]$")
QUESTION_HEAD = re.compile(r"^(?:please (?:enter|provide|select) )?(?:what is )?(?:your |the name of your )")
QUESTION = re.compile(r"ください|下さい|お願い|教えて|聞かせ|か$|^(?:what|why|how|please|tell|do you|any) ")
SHORTEST_QUESTION, QUESTION_WEIGHT, COURTESY_WEIGHT = 8, 0.9, 0.98
BRACKET = re.compile(r"[()\[\]【】〔〕<>〈〉「」『』{}]")


AT_LEAVING_NEVER = {"term_end", "started_on", "start_date", "onboarding_completed_on"}
"""Fields that no header with a leaving word names: 解約申込日 is not 申込日."""


class Place(NamedTuple):
    table: str
    field: str

    def __str__(self) -> str:
        return f"{self.table}.{self.field}"


SCRIPTS = re.compile(r"(?<=[^\x00-\x7f])(?=[a-z])|(?<=[a-z])(?=[^\x00-\x7f])")
OF_A_UNIT = 0.81
"""How well the price of one unit names what is paid at the most: what is paid for all goes first."""


@cache
def synonyms() -> dict[str, dict[Place, float]]:
    """plain word -> every place that is called so, with how well it names it; the labels of the template count too."""
    found: dict[str, dict[Place, float]] = {}
    for table in TABLES.values():
        for field in table.fields:
            for rank, word in enumerate(dict.fromkeys(map(plain, field.synonyms))):
                for form in {word, spelt_out(word)}:
                    found.setdefault(form, {}).setdefault(Place(table.name, field.name), 1 - RANK_STEP * rank)
            for language in LANGUAGES:
                found.setdefault(plain(field.label.text(language)), {})[Place(table.name, field.name)] = 1.0
    return found


@lru_cache(maxsize=8192)
def places(header: str) -> dict[Place, float]:
    """Every place that a header may name -> likeness 0..1; what no vocabulary knows is read as systems write
    headers."""
    if names_nothing(header):
        return {}
    if fields := surely(header):
        return _worded(Wording(fields=fields), header)
    named = {} if is_glued(header) else _of_one(header)
    best = max(named.values(), default=0.0)
    if best >= OPENLY:
        return named
    for wording in wordings(header):
        found = _worded(wording, header) if wording.fields or best < KNOWN else {}
        if max(found.values(), default=0.0) >= KNOWN:
            return found if wording.fields else {**named, **found}
    return named


def _worded(wording: Wording, header: str) -> dict[Place, float]:
    """What other words for a header name; the price of one unit stays one."""
    named = {Place(*at): OPENLY for at in wording.fields} if wording.fields else _of_one(wording.words)
    most = OF_A_UNIT if is_unit_price(header) else OPENLY
    return {place: min(most if place.field in ("mrr", "amount") else OPENLY, weight)
            for place, weight in named.items() if (not wording.tables or place.table in wording.tables)
            and not is_another_by_aside(place.field, header)}


def _of_one(header: str) -> dict[Place, float]:
    """What a header's own words name; the price of one unit gives way to what is paid for all."""
    never = events_en.never(spelt(BRACKET.sub(" ", nfkc(header))))
    named = {place: weight for place, weight in _places(header).items() if not {place.field, str(place)} & never
             and not is_another_by_aside(place.field, header)}
    if not is_unit_price(header):
        return named
    return {place: min(weight, OF_A_UNIT) if place.field in ("mrr", "amount") else weight
            for place, weight in named.items()}


def _at_leaving(word: str) -> dict[Place, float]:
    """What a header says of a contract that has ended: 解約時月額."""
    rest = at_leaving.rest_of(word)
    return {place: at_leaving.WEIGHT * weight for place, weight in _places(rest).items()
            if place.table == "subscriptions" and place.field in at_leaving.FIELDS} if rest else {}


def _places(header: str) -> dict[Place, float]:
    """The same whatever is counted; words that nearly match count where none does exactly, or only a field of lists
    without dates."""
    word = plain(header) if plain(header) in synonyms() and not has_currency(header) else spelt(header)
    exact = synonyms().get(word) or synonyms().get(singular(word) if word.isascii() else plainer(word), {})
    events = dict.fromkeys((Place(*at) for at in events_en.named(word)), SURELY)
    if any(place.field not in UNDATED_FIELDS for place in exact):
        return _bracketed(header, _sensible(word, events | exact))
    parts = {Place(*at): weight for at, weight in composed(word).items()} | events
    near = {} if parts else {place: weight for place, weight in _nearly(word).items()
                             if not is_of_another(place.field, word)}
    found = _bracketed(header, _sensible(word, {**exact, **parts} if parts else near))
    found = found or _at_leaving(word)
    return found | {place: max(weight, found.get(place, 0.0)) for place, weight in _asked(word).items()}


def _bracketed(header: str, named: dict[Place, float]) -> dict[Place, float]:
    return {Place(*at): weight for at, weight in in_brackets(header, dict(named.items())).items()}


def _asked(word: str) -> dict[Place, float]:
    """What a whole question asks for: この製品を薦める可能性は, or a field with words of courtesy around it."""
    bare = QUESTION_HEAD.sub("", QUESTION_TAIL.sub("", word)).strip()
    if bare != word and bare in synonyms():
        return {place: COURTESY_WEIGHT * weight for place, weight in synonyms()[bare].items()}
    if len(word) < SHORTEST_QUESTION:
        return {}
    if _holds(word, REASON_WORDS):
        return {Place("surveys", "comment"): QUESTION_WEIGHT} if QUESTION.search(word) else {}
    is_score = not is_of_another("score", word) and any(
        all(_holds(word, words) for words in groups) for groups in SCORE_QUESTIONS)
    return {Place("surveys", "score"): QUESTION_WEIGHT} if is_score else {}


def places_in_levels(header: str, parts: tuple[str, ...]) -> dict[Place, float]:
    """Every place that a header may name whose levels say `parts`: by all of it (契約 終了日), else by the last alone,
    which says less where the level above speaks of another table (オンボーディング 完了日)."""
    named = dict(places(header))
    if len(parts) < 2 or names_nothing(header):
        return named
    for place, likeness in places(" ".join([*(ABOUT.sub("", part) or part for part in parts[:-1]), parts[-1]])).items():
        named[place] = max(named.get(place, 0.0), likeness)
    above = {table.name for table in TABLES.values() if any(suggests(part, table.titles) for part in parts[:-1])}
    for place, likeness in places(parts[-1]).items():
        weight = UNDER_ANOTHER if above and place.table not in above else UNDER_A_GROUP
        named[place] = max(named.get(place, 0.0), weight * likeness)
    return named


@lru_cache(maxsize=8192)
def is_known(header: str) -> bool:
    word = spelt(header)
    return word in synonyms() or is_name_of_column(word) or plainer(word) in synonyms()


def names_customer(header: str) -> bool:
    """Whether a header is a known name of a customer's id or name, or of a contract's id."""
    return any(place.field in NAMING for place in synonyms().get(spelt(header), ()))


def may_name_customer(header: str) -> bool:
    """Whether a header says, by its parts, what a customer may be called: Tenant, 加盟店コード."""
    return any(field in NAMING for _table, field in composed(spelt(header)))


def _nearly(word: str) -> dict[Place, float]:
    found: dict[Place, float] = {}
    for synonym, likeness in likenesses(word, _grouped()):
        for place, weight in synonyms()[synonym].items():
            found[place] = max(found.get(place, 0.0), likeness * weight)
    return found


@cache
def _grouped() -> Groups:
    return groups(synonyms())


def _sensible(word: str, named: dict[Place, float]) -> dict[Place, float]:
    """満了日 never is an end date, 解約日 never the end of a term, a deadline for notice is neither, and who of the
    staff resigned has not cancelled."""
    leaves, renews = _holds(word, LEAVING_WORDS), _holds(word, RENEWING_WORDS)
    barred = {"end_date", "cancelled_on", "term_end"} if _holds(word, DEADLINE_WORDS) else \
        {"end_date", "cancelled_on"} if renews else AT_LEAVING_NEVER if leaves else set()
    if _holds(word, PERSON_WORDS):
        barred = {*barred, "has_left", "end_date", "cancelled_on"}
    return {place: likeness for place, likeness in named.items() if place.field not in barred}


def _holds(word: str, words: tuple[str, ...]) -> bool:
    return any(f" {item} " in f" {word} " if item.isascii() else item in word for item in words)


def names(text: str, words: tuple[str, ...]) -> bool:
    """Whether a header or title holds one of the words: English as whole words, Japanese anywhere."""
    return any(_holds(word, words) for word in dict.fromkeys((plain(text), spelt(text), _apart(plain(text)))))


@lru_cache(maxsize=8192)
def _apart(word: str) -> str:
    """A word with blanks where one script ends and the other begins: 契約arr speaks of ARR."""
    return SCRIPTS.sub(" ", word)


def says(header: str, words: tuple[str, ...]) -> bool:
    """Whether a header holds one of the words, those in its brackets too: 契約金額（総額）.

    >>> says("契約金額（総額）", ("総額",)), says("End date (cancelled)", ("cancelled",)), says("Amount", ("total",))
    (True, True, False)
    """
    return names(BRACKET.sub(" ", nfkc(header)), words)


def suggests(text: str, titles: tuple[str, ...]) -> bool:
    """Whether a sheet's or file's name holds a title word; English ones may go on: ticket in 'Tickets'."""
    word = f" {plain(text)}"
    return any((f" {title}" if title.isascii() else title) in word for title in map(plain, titles))


@lru_cache(maxsize=256)
def _choice_words(field: Field) -> dict[str, str]:
    return {plain(word): canonical for canonical, words in field.choices for word in (canonical, *words)}


def choice_words(table: str, field: str) -> dict[str, str]:
    """plain word of a cell -> canonical word."""
    return _choice_words(TABLES[table].by_name[field])
