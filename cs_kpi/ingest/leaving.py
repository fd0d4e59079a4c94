"""Who has left, in a list without dates: a flag or a status read as yes or no, and the tenure in months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cs_kpi.header_words import LEAVING_WORDS, STAYING_WORDS
from cs_kpi.ingest.fates import fate
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.naming.abbreviations import spelt
from cs_kpi.ingest.naming.vocabulary import BRACKET, choice_words, names
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.rows import first_rows
from cs_kpi.ingest.values.date_styles import parts_of_text
from cs_kpi.ingest.values.dates import dates
from cs_kpi.ingest.values.durations import DAYS_A_MONTH
from cs_kpi.ingest.values.names import flag, shown
from cs_kpi.ingest.values.uniques import Uniques, is_nothing
from cs_kpi.locale import Message, _

MEANS: dict[str, Message] = {"stayed": _("the customer is still there"), "left": _("the customer has left")}
NOT_A_STATUS = _("This does not say whether the customer has left. Write for instance yes or no, and load the file "
                 "again.")
BLANK = ""
MOST_ASKED = 12
"""With more unknown words than these, a column is no status."""
SHOWN_WORDS = 8
LIKELY_LEFT = frozenset((
    "inactive", "deactivated", "disabled", "停止", "停止中", "利用停止", "利用停止中", "解約手続中", "無効"))
"""Unknown words that more likely mean that the customer has left; asked all the same."""
TENURE_UNITS: dict[str, Message] = {"months": _("months"), "years": _("years"), "days": _("days")}
MONTHS_IN = {"months": 1.0, "years": 12.0, "days": 1 / DAYS_A_MONTH}
SAYS_UNIT: dict[str, tuple[str, ...]] = {
    "months": ("month", "月数", "ヶ月", "か月", "カ月", "(月", "（月"), "years": ("year", "年数", "(年", "（年"),
    "days": ("day", "日数", "(日", "（日")}
FEWEST_MONTHS = 15
"""A longest tenure of no more than this may be counted in years."""


def has_left(header: str, cells: pd.Series, log: Log) -> tuple[pd.Series, np.ndarray]:
    """Whether each row's customer has left, missing where the cell does not say; and the cells that hold something
    else. Words that could mean either are asked; blanks stand for the answer that no other cell gives."""
    uniques = Uniques.of(cells)
    words = [BLANK if is_nothing(value) else plain(shown(value)) for value in uniques.values]
    unknown = list(dict.fromkeys(word for word, value in zip(words, uniques.values, strict=True)
                                 if word and _told(value, log.today) is None))
    is_status = len(unknown) <= MOST_ASKED
    means = {word: _told(value, log.today) for word, value in zip(words, uniques.values, strict=True) if word}
    if is_status:
        means |= {word: _asked(header, word, log) for word in unknown}
    means = _turned(header, means, log)
    blank = uniques.spread(np.array([word == BLANK for word in words], dtype=bool), True)
    if blank.any() and any(told is not None for told in means.values()):
        are_days = all(_day(value) is not None for value in uniques.values if not is_nothing(value))
        means[BLANK] = False if are_days else _blank(header, set(means.values()), int(blank.sum()), log)
    codes = np.array([_code(means.get(word)) for word in words], dtype=np.int8)
    told = uniques.spread(codes, _code(means.get(BLANK)))
    values = pd.Series(pd.array(told == 1, dtype="boolean"), index=cells.index).mask(told < 0)
    _note(header, cells, values, log)
    unreadable = np.array([not is_status and word in unknown for word in words], dtype=bool)
    return values, uniques.spread(unreadable, False)


def _code(told: bool | None) -> int:
    return -1 if told is None else int(told)


def _told(value: Any, today: dt.date) -> bool | None:
    """What a cell says by itself: a word for having left or not, yes or no, or the day of leaving, come or not."""
    day = _day(value)
    if day is not None:
        return day <= today
    word = choice_words("customers", "has_left").get(plain(shown(value)))
    if word is None and flag(value) is None:
        word = fate(value) if isinstance(value, str) else None
        return None if word in (None, "open") else word == "left"
    return flag(value) if word is None else word == "left"


def _day(value: Any) -> dt.date | None:
    """The day that a cell is by itself; None for a number and everything else."""
    if isinstance(value, dt.date):
        return value.date() if isinstance(value, dt.datetime) else value
    part = parts_of_text(value, numbers=False) if isinstance(value, str) else None
    if part is None:
        return None
    if part.short:
        read = dates(pd.Series([value], dtype=object)).days[0]
        return None if np.isnat(read) else read.item().date()
    try:
        return dt.date(part.year, part.month, part.day or 1)
    except ValueError:
        return None


def _asked(header: str, word: str, log: Log) -> bool:
    return log.ask(f"left_when_{word}", header, _(
        "In column '{column}', what does '{word}' say?", column=header, word=word), MEANS,
        "left" if word in LIKELY_LEFT else "stayed") == "left"


def _turned(header: str, means: Mapping[str, bool | None], log: Log) -> dict[str, bool | None]:
    """A flag whose header names those who are there (active, 契約中) probably means the opposite by yes; asked."""
    known = choice_words("customers", "has_left")
    if not names(header, STAYING_WORDS) or names(header, LEAVING_WORDS) or any(word in known for word in means):
        return dict(means)
    yes = log.ask("yes_means", header, _("In column '{column}', what does yes say?", column=header), MEANS, "stayed")
    return {word: told if yes == "left" or told is None else not told for word, told in means.items()}


def _blank(header: str, told: set[bool | None], count: int, log: Log) -> bool:
    """What a blank cell says: the answer that no other cell gives, and where both are given, it is asked."""
    if False not in told:
        return False
    text = _("In column '{column}', {count} cells are empty. What does an empty cell say?", column=header, count=count)
    return log.ask("blank_means", header, text, MEANS, "stayed" if True in told else "left") == "left"


def _note(header: str, cells: pd.Series, values: pd.Series, log: Log) -> None:
    """Name what counts as having left and what does not, and the rows that say neither."""
    gone, there = (cells[(values == claim).fillna(False).to_numpy(dtype=bool)] for claim in (True, False))
    log.note(_("Column '{column}' tells who has left: {left} ({gone} rows). Still there: {stayed} ({there} rows).",
               column=header, left=_words(gone), gone=len(gone), stayed=_words(there), there=len(there)))
    if len(unclear := cells.index[values.isna()].to_numpy()):
        log.note(_("Rows of column '{column}' that do not say whether the customer has left: {count} (row {rows}). "
                   "They are in no churn rate.", column=header, count=len(unclear), rows=first_rows(unclear)))


def _words(cells: pd.Series) -> Sequence[Message | str]:
    """The different cells, the most frequent first."""
    counts = cells.map(shown, na_action="ignore").astype(object).fillna(BLANK).value_counts()
    words = [_("'{word}'", word=word) if word else _("an empty cell") for word in counts.index[:SHOWN_WORDS]]
    return [*words, "…"] if len(counts) > SHOWN_WORDS else words or ["—"]


def months_of_tenure(header: str, values: np.ndarray, log: Log) -> float:
    """What one unit of a tenure is in months: as its header says; asked where that is silent and all are low."""
    text = f"{header.casefold()} {spelt(BRACKET.sub(' ', header))}"
    for unit, signs in SAYS_UNIT.items():
        if any(sign in text for sign in signs):
            return MONTHS_IN[unit]
    known = values[np.isfinite(values)]
    if not len(known) or known.max() > FEWEST_MONTHS:
        return MONTHS_IN["months"]
    return MONTHS_IN[log.ask("tenure_unit", header, _("In column '{column}', what is the tenure counted in?",
                                                      column=header), TENURE_UNITS, "months")]
