"""A column taken apart into its unique values, so that each is read once however often it stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from cs_kpi.ingest.naming.words import plain

SIGNS_FOR_NOTHING = frozenset((
    "-", "－", "―", "ー", "—", "–", "‐", "‑", "−", "─", "━", "･", "・", ".", "..", "...", "…", "/", "//", "--", "---",
    "――", "ーー", "*"))
ERRORS = frozenset(("#ref!", "#value!", "#div/0!", "#name?", "#null!", "#num!", "#spill!", "#calc!", "#field!",
                    "#blocked!", "#connect!", "#unknown!"))
"""What a spreadsheet shows where a formula failed: what should stand there is lost. #N/A says that nothing should."""
NOTHING = ERRORS | frozenset((
    "", "n/a", "na", "#n/a", "#na", "null", "(null)", "none", "nan", "nat", "nil", "空欄", "空白", "ブランク",
    "(blank)", "(空白)",
    "(なし)", "該当なし", "未入力", "未記入", "未回答", "未設定", "未登録", "not set", "not available"))
NAMES_TOO = frozenset(("na", "null", "none", "nan", "nat", "nil"))
"""Words for nothing that a customer may be called, where a customer has to stand."""
TOLD = re.compile(r"(?i)\A\s*(?:" + "|".join(sorted(map(re.escape, NAMES_TOO | ERRORS))) + r")\s*$")
LONGEST_NOTHING = 20
PLAIN_KEY = r"\A[!-\-/-~]*[0-9]\z"
BEGINNING = 4096
NOT_YET = frozenset(plain(word) for word in (
    "なし", "無し", "無", "未定", "継続中", "継続", "契約中", "利用中", "契約継続中", "利用継続中", "未解約",
    "解約なし", "未完了", "未実施", "未達", "進行中", "実施中", "対応中", "予定", "予定なし", "不明",
    "無期限", "期限なし",
    "現在", "tbd", "tba", "tbc", "ongoing", "active", "current", "present", "open", "pending", "unknown", "never", "no",
    "not yet", "in progress", "until cancelled", "indefinite", "x", "×"))


@dataclass(frozen=True, slots=True)
class Uniques:
    """codes : position in `values` per row, -1 where the cell is empty; values : the different cells, as they stand"""

    codes: np.ndarray
    values: list[Any]

    @classmethod
    def of(cls, column: pd.Series) -> Uniques:
        codes, values = pd.factorize(column)
        return cls(codes, np.asarray(values, dtype=object).tolist())

    @classmethod
    def unread(cls, rows: int) -> Uniques:
        """Of so many cells that are of no interest."""
        return cls(np.broadcast_to(np.int64(-1), rows), [])

    def spread(self, per_value: np.ndarray, missing: Any) -> np.ndarray:
        """One entry per row from one entry per unique value; `missing` for empty cells."""
        padded = np.append(per_value, np.array([missing], dtype=per_value.dtype))
        return padded[self.codes]


def holding(values: list[Any], pattern: re.Pattern[str]) -> list[int]:
    """The places of the texts in which a pattern is found; all at once, for the sake of columns of a million ids.

    >>> holding(["C1", 3.0, "Total", None], re.compile("[Tt]otal"))
    [2]
    """
    texts = pa.array([value if isinstance(value, str) else None for value in values], pa.large_string())
    return np.flatnonzero(pc.match_substring_regex(texts, pattern.pattern).fill_null(False)).tolist()


def are_plain_keys(column: pd.Series) -> bool:
    """Whether a column of text holds nothing but ids that no reading changes, and blanks: PLAIN_KEY on all its bytes at
    once."""
    return column.dtype == "str" and all(map(_holds_plain_keys, _chunks(column)))


def _holds_plain_keys(chunk: pa.LargeStringArray) -> bool:
    signs, edges = _signs(chunk)
    if not len(signs):
        return chunk.null_count == len(chunk)
    starts, ends = edges[:-1], edges[1:]
    if chunk.null_count:
        is_filled = chunk.is_valid().to_numpy(zero_copy_only=False)
        starts, ends = starts[is_filled], ends[is_filled]
    if signs.min() < ord("!") or signs.max() > ord("~") or (signs == ord(".")).any() or (starts == ends).any():
        return False
    last = signs[ends - 1]
    return bool(((last >= ord("0")) & (last <= ord("9"))).all())


def plain_keys(values: list[Any]) -> list[bool]:
    """Which cells are ids that no reading changes: C001, 2024-17. Words for nothing do not end in a digit.

    >>> plain_keys(["C001", "e-17", "7890.0", " C1", "N/A", "Ｃ1", 7.0])
    [True, True, False, False, False, False, False]
    """
    texts = pa.array([value if isinstance(value, str) else None for value in values], pa.large_string())
    return pc.match_substring_regex(texts, PLAIN_KEY).fill_null(False).to_pylist()


def may_hold(column: pd.Series, words: Iterable[str]) -> bool:
    """False only where no cell of a column of text holds any of the words, told from all its bytes at once."""
    if column.dtype != "str":
        return True
    parts = [_signs(chunk)[0] for chunk in _chunks(column)]
    found = set().union(*map(_different, parts))
    wanted = [word for word in {word.encode() for word in words if word} if found.issuperset(word)]
    return bool(wanted) and any(word in texts for texts in map(np.ndarray.tobytes, parts) for word in wanted)


def _different(signs: np.ndarray) -> set[int]:
    """The bytes that are there; those of the beginning left out, hardly any remain to be told apart one by one."""
    first = set(signs[:BEGINNING].tobytes())
    return first.union(signs.tobytes().translate(None, bytes(first)))


def _chunks(column: pd.Series) -> list[pa.LargeStringArray]:
    """The texts of a column of text, as they lie in memory."""
    texts = pa.array(column.array)
    chunks = texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts]
    return [chunk.cast(pa.large_string()) for chunk in chunks]


def _signs(chunk: pa.LargeStringArray) -> tuple[np.ndarray, np.ndarray]:
    """All texts of a chunk as bytes, one behind the other, and where each begins and the last one ends."""
    _valid, edges, texts = chunk.buffers()
    if texts is None or not len(chunk):
        return np.zeros(0, dtype=np.uint8), np.zeros(1, dtype=np.int64)
    places = np.frombuffer(edges, dtype=np.int64)[chunk.offset:chunk.offset + len(chunk) + 1]
    return np.frombuffer(texts, dtype=np.uint8)[places[0]:places[-1]], places - places[0]


def is_nothing(value: object) -> bool:
    """Whether a cell says, in whatever way, that there is no value.

    >>> [is_nothing(cell) for cell in ("－", " N/A ", "なし", "0", None)]
    [True, True, False, False, True]
    """
    if value is None or value != value:
        return True
    if not isinstance(value, str) or len(value) > LONGEST_NOTHING:
        return False
    text = value.strip()
    return text in SIGNS_FOR_NOTHING or text.casefold() in NOTHING


def is_error(value: object) -> bool:
    """Whether a cell shows that its formula failed, so that a value is lost rather than absent."""
    return isinstance(value, str) and value.strip().casefold() in ERRORS


def is_blank(value: object) -> bool:
    """Whether a cell says that there is no value, and no failed formula hides one."""
    return is_nothing(value) and not is_error(value)


def told_words(values: list[Any]) -> list[Any]:
    """The cells that are words for nothing or failed formulas, of very many ids at once.

    >>> told_words(["C1", " NULL", "#REF!", "Nullsoft", 7.0])
    [' NULL', '#REF!']
    """
    return [values[place] for place in holding(values, TOLD)]


def is_name_too(value: object) -> bool:
    """Whether a cell is a word for nothing that may be a name as well."""
    return isinstance(value, str) and value.strip().casefold() in NAMES_TOO


def is_not_yet(value: object) -> bool:
    """Whether a cell of dates or numbers says in words that there is none (yet): 未定, 継続中, TBD."""
    return isinstance(value, str) and plain(value) in NOT_YET
