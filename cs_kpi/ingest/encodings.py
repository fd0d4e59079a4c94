"""The text of a file: which encoding its bytes are in, decided strictly over all of them."""

from __future__ import annotations

import re

from cs_kpi.errors import DataError
from cs_kpi.locale import _

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
JAPANESE = ("cp932", "euc_jp", "euc_jis_2004")
"""The last has the signs that programs add to euc_jp: ㈱, ①."""
ESCAPE = b"\x1b$"
"""With which Japanese of seven bits (iso-2022-jp) begins."""
WESTERN = "cp1252"
ACCENTS, AFTER_LETTER = re.compile(rb"[\x80-\xff]+"), re.compile(rb"[A-Za-z][\x80-\xff]")
LONGEST_ACCENTS, MOST_ACCENTS = 2, 0.2
"""Western text has single letters with accents among plain ones; Japanese of any encoding does not look so."""
SIGNS = "€£°§–—’“”«»\xa0"
CONTROLS = bytes(sign for sign in range(32) if sign not in (*range(9, 14), 27))
"""Signs that no text holds; the same single bytes in utf-8, where they are looked for, since that is quicker."""
HALF_WIDTH, FULL_WIDTH = re.compile("[\uff61-\uff9f]"), re.compile("[ぁ-んァ-ヶ一-龥]")
"""Bytes of euc_jp often fit cp932 too, but only as nonsense of half-width kana."""
OUTSIDE, PRIVATE = re.compile("[\x80-\x9f]"), re.compile("[\ue000-\uf8ff]")
"""Signs of control, and such as companies make for themselves, which stand among kana and kanji alone."""
MOST_NULS = 0.01
WIDE_SAMPLE, WIDE_SHARE = 4096, 0.3


def decoded(name: str, data: bytes) -> str:
    """The text of a file: by its byte order mark, else the first encoding that fits every byte of it.

    Single NUL bytes, which no program shows, are left out. Raises DataError where the bytes are no text.
    """
    told = next((encoding for mark, encoding in MARKS if data.startswith(mark)), None) or _wide(data)
    if told:
        return _checked(name, _strictly(data, told))
    data = _without_nuls(data)
    text = _strictly(data, "iso2022_jp" if ESCAPE in data else "utf-8")
    if text is None:
        _check_for_two(name, data)
        western = _western(data)
        text = western if western and _is_spelled(data) else next(
            filter(_is_sensible, (_strictly(data, encoding) for encoding in JAPANESE)), western)
    if text and not text.isascii() and len(HALF_WIDTH.findall(text)) > len(FULL_WIDTH.findall(text)):
        text = _strictly(data, "euc_jp") or text
    return _checked(name, text)


def _wide(data: bytes) -> str | None:
    """utf-16 without a mark: every other byte of what is plain is NUL."""
    head = data[:WIDE_SAMPLE]
    if len(data) % 2 or not head:
        return None
    for encoding, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        if head[first::2].count(0) > WIDE_SHARE * len(head) / 2 and not head[1 - first::2].count(0):
            return encoding
    return None


def _without_nuls(data: bytes) -> bytes:
    data = data.rstrip(b"\x00")
    return data.replace(b"\x00", b"") if 0 < data.count(0) <= MOST_NULS * len(data) + 1 else data


def _western(data: bytes) -> str | None:
    """The text as Western European, where it may be that: few letters with accents, and no other odd signs."""
    runs = ACCENTS.findall(data)
    if max(map(len, runs), default=0) > LONGEST_ACCENTS or sum(map(len, runs)) > MOST_ACCENTS * len(data):
        return None
    text = _strictly(data, WESTERN)
    return text if text and all(sign.isascii() or sign.isalpha() or sign in SIGNS for sign in set(text)) else None


def _is_spelled(data: bytes) -> bool:
    """Whether its odd bytes stand one by one, mostly after a plain letter, as in Müller."""
    runs = ACCENTS.findall(data)
    return all(len(run) == 1 for run in runs) and 2 * len(AFTER_LETTER.findall(data)) >= len(runs)


def _is_sensible(text: str | None) -> bool:
    """Whether bytes taken for Japanese give a text: 12,50 € and Köln of a Western one give signs that nobody types."""
    if not text or OUTSIDE.search(text):
        return False
    return len(PRIVATE.findall(text)) <= len(FULL_WIDTH.findall(text))


def _check_for_two(name: str, data: bytes) -> None:
    """Refuse a file of which most lines are UTF-8: in another encoding they would be signs without sense."""
    telling = [(place, line) for place, line in enumerate(data.splitlines(), start=1) if not line.isascii()]
    others = [place for place, line in telling if _strictly(line, "utf-8") is None]
    if 2 * len(others) < len(telling):
        raise DataError(_("The file '{file}' is written in two encodings: most lines are UTF-8, but line {line} is "
                          "not. Correct that line in a text editor, save the file as csv (UTF-8), and choose it again.",
                          file=name, line=others[0]))


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _checked(name: str, text: str | None) -> str:
    plain = b"" if text is None else text.encode("utf-8", "surrogatepass")
    if text is None or len(plain.translate(None, CONTROLS)) != len(plain):
        raise DataError(_("The file '{file}' holds no text that can be read. Save it as an Excel workbook or as csv "
                          "(UTF-8), and choose it again.", file=name))
    return text
