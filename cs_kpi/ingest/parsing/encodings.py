"""The text of a file: which encoding its bytes are in, decided strictly over all of them."""

from __future__ import annotations

import re

import numpy as np

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
SPACES, ESCAPED, PLAIN = range(9, 14), 27, 32
CONTROLS = bytes(sign for sign in range(PLAIN) if sign not in (*SPACES, ESCAPED))
"""Signs that no text holds; the same single bytes in utf-8, where they are looked for, since that is quicker."""
AT_ONCE = 1 << 18
"""Bytes looked through together, which stay near the processor meanwhile."""
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
    return in_utf8(name, data).decode("utf-8", "surrogatepass")


def in_utf8(name: str, data: bytes) -> bytes:
    """The same as bytes of utf-8, without a mark; those of the file where they are that already."""
    told = next((encoding for mark, encoding in MARKS if data.startswith(mark)), None) or _wide(data)
    if told:
        return _checked(name, _encoded(_strictly(data, told)))
    data = _without_nuls(data)
    is_escaped = b"\x1b" in data and ESCAPE in data  # a single sign is found thirty times as quickly as two
    if not is_escaped and data.isascii():
        return _checked(name, data)
    text = _strictly(data, "iso2022_jp" if is_escaped else "utf-8")
    is_utf8 = text is not None and not is_escaped
    if text is None:
        _check_for_two(name, data)
        western = _western(data)
        text = western if western and _is_spelled(data) else next(
            filter(_is_sensible, (_strictly(data, encoding) for encoding in JAPANESE)), western)
    if text and not text.isascii() and len(HALF_WIDTH.findall(text)) > len(FULL_WIDTH.findall(text)):
        other = _strictly(data, "euc_jp")
        text, is_utf8 = other or text, is_utf8 and not other
    return _checked(name, data if is_utf8 else _encoded(text))


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
    if b"\x00" not in data:
        return data
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


def _encoded(text: str | None) -> bytes | None:
    return None if text is None else text.encode("utf-8", "surrogatepass")


def _checked(name: str, plain: bytes | None) -> bytes:
    if plain is None or _holds_controls(plain):
        raise DataError(_("The file '{file}' holds no text that can be read. Save it as an Excel workbook or as csv "
                          "(UTF-8), and choose it again.", file=name))
    return plain


def _holds_controls(plain: bytes) -> bool:
    """Whether one of CONTROLS is among the bytes; first in a way that only takes escapes for them as well."""
    signs = np.frombuffer(plain, dtype=np.uint8)
    parts = (signs[start:start + AT_ONCE] for start in range(0, len(signs), AT_ONCE))
    if all(part.min() >= SPACES.start and (part - SPACES.stop).min() >= PLAIN - SPACES.stop for part in parts):
        return False
    return len(plain.translate(None, CONTROLS)) != len(plain)
