"""Columns of survey answers: questions as long as forms ask them, and further scores beside the first."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from cs_kpi.header_words import PASSING_WORDS, SURVEY_KIND_WORDS
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.looks import Looks, looks
from cs_kpi.ingest.matching import SURE, Scores
from cs_kpi.ingest.naming.vocabulary import BRACKET, Place, choice_words, is_known, names, suggests
from cs_kpi.ingest.naming.words import nfkc
from cs_kpi.ingest.records import Sheet, SurveyKind
from cs_kpi.ingest.values.amounts import amounts
from cs_kpi.ingest.values.names import choice, scores

SCORE = Place("surveys", "score")
QUESTION = re.compile(r"(?:q|question|問|設問|質問)\s*[-.:_]?\s*\d{1,2}\b.*", re.IGNORECASE | re.DOTALL)
NO_ANSWER = re.compile(
    r"20\d\d|四半期|売上|目標|平均|差分?|変化|増減|件数|回答数|回答率|人数|割合|区分|分類|理由|コメント|前年|予測|合計|"
    r"\b(?:target|goal|average|mean|change|delta|count|(?:response|answer) rate|group|segment|"
    r"category|reason|comment|predicted|date)\b")
OVERALL = re.compile(r"総合|全体|全般|overall|in general|as a whole")
SCALES = (re.compile(r"(\d{1,3})\s*段階"), re.compile(r"(\d{1,3})\s*点満点|満点\s*[:=]?\s*(\d{1,3})"),
          re.compile(r"\b[01]\s*(?:点)?\s*(?:[~〜～\-–—]|から|to)\s*(\d{1,3})"), re.compile(r"out of\s+(\d{1,3})"),
          re.compile(r"[(/]\s*(5|7|10|100)\s*(?:点)?\)"))
LIKELY, OVERALL_FIRST = 0.9, 0.95
"""How well a question names a score; of several the one on the whole comes first."""
SMALLEST_SCALE, LARGEST_SCALE = 3, 100
MOSTLY = 0.6


def rated(found: Scores, sheet: Sheet, table: Area) -> Scores:
    """The scores in which a question of a survey, however long, may be an answer's score."""
    result = dict(found)
    for header in table.headers:
        likely = found.get(header, {})
        is_claimed = is_known(header) or max(likely.values(), default=0) >= SURE
        if not is_known(header) and likely.get(SCORE, 0.0) >= SURE and is_overall(header):
            result[header] = {**likely, SCORE: max(likely[SCORE], OVERALL_FIRST)}
        elif not is_claimed and _is_question(header, sheet, table):
            seen = looks(table.body[header].head(3000))
            if _are_answers(seen, table, header):
                result[header] = {SCORE: OVERALL_FIRST if is_overall(header) else LIKELY}
    return result


def _is_question(header: str, sheet: Sheet, table: Area) -> bool:
    return _may_be_answered(header) and (kind_of(header) or _of_title(header, sheet, table)) is not None


def _may_be_answered(header: str) -> bool:
    return not NO_ANSWER.search(nfkc(header).casefold().replace("_", " ")) and not names(header, PASSING_WORDS)


def _are_answers(seen: Looks, table: Area, header: str) -> bool:
    """Whether cells are numbers of a scale, or words for how satisfied somebody is."""
    if not seen.filled or seen.dates > 0:
        return False
    known = choice_words("surveys", "score")
    in_words = np.mean([choice(word, known) is not None for word in seen.words])
    read = amounts(scores(table.body[header].head(3000), known))
    values = read.values[np.isfinite(read.values)]
    return bool(in_words >= MOSTLY or (len(values) and not read.is_percent.any() and seen.numbers + in_words >= MOSTLY
                                       and values.min() >= 0 and values.max() <= LARGEST_SCALE))


def kind_of(header: str) -> SurveyKind | None:
    """What a header says that its answers are.

    >>> kind_of("弊社サービスを友人に薦める可能性はどのくらいありますか?"), kind_of("総合的な満足度をお答えください")
    ('nps', 'csat')
    >>> kind_of("How likely are you to recommend us?"), kind_of("Score")
    ('nps', None)
    """
    kinds: tuple[SurveyKind, ...] = ("nps", "csat")
    text = BRACKET.sub(" ", nfkc(header))
    told = [kind for kind in kinds if any(suggests(text, (word,)) for word in SURVEY_KIND_WORDS[kind])]
    return told[0] if len(told) == 1 else None


def is_overall(header: str) -> bool:
    return OVERALL.search(nfkc(header).casefold()) is not None


def scale_of(header: str) -> float | None:
    """The highest possible score that a header names.

    >>> [scale_of(header) for header in ("満足度（5段階）", "評価(10点満点)", "NPS 0〜10", "CSAT (1-5)", "CSAT")]
    [5.0, 10.0, 10.0, 5.0, None]
    """
    text = nfkc(header).casefold()
    found = [next(number for number in match.groups() if number) for pattern in SCALES
             if (match := pattern.search(text))]
    return next((float(number) for number in found if SMALLEST_SCALE <= int(number) <= LARGEST_SCALE), None)


def further(sheet: Sheet, table: Area, found: Scores, used: Iterable[str]) -> dict[str, SurveyKind]:
    """header -> kind of the answers, for columns of scores that stand beside the one that was taken."""
    taken = set(used)
    kinds = {header: kind_of(header) or _of_title(header, sheet, table) for header, places in found.items()
             if header not in taken and places.get(SCORE, 0.0) >= SURE and _may_be_answered(header)}
    return {header: kind for header, kind in kinds.items() if kind and _are_answers(
        looks(table.body[header].head(3000)), table, header)}


def _of_title(header: str, sheet: Sheet, table: Area) -> SurveyKind | None:
    """What the names around a numbered question say of it."""
    if not QUESTION.fullmatch(nfkc(header)):
        return None
    told = [kind for text in (sheet.name, table.title, sheet.file) if (kind := kind_of(text))]
    return told[0] if told else "csat" if _in_words(table, header) else None


def _in_words(table: Area, header: str) -> bool:
    known = choice_words("surveys", "score")
    seen = looks(table.body[header].head(3000))
    told = [not word.isdigit() and choice(word, known) is not None for word in seen.words]
    return bool(np.mean(told or [False]) >= MOSTLY)
