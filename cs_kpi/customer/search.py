"""Finding a customer by a part of its name, its reading or its ID."""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from cs_kpi.book import Book
from cs_kpi.ledger import Ints

_SPACE = re.compile(r"\s+")


def plain_word(text: str) -> str:
    """A text as it is compared: full and half width, capitals and spaces make no difference, nor do the two kana.

    >>> plain_word("ＡＢＣ 商事"), plain_word("やまだ") == plain_word("ヤマダ")
    ('abc商事', True)
    """
    plain = _SPACE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return "".join(chr(ord(sign) + 0x60) if "ぁ" <= sign <= "ゖ" else sign for sign in plain)


def by_name(book: Book) -> Ints:
    """All customers in the order of their names."""
    return np.argsort(book.customers["customer_name"].astype(str).to_numpy(dtype=object), kind="stable")


def _words(book: Book) -> list[str]:
    """What each customer is found by."""
    parts = [book.customers["customer_name"].astype(str), book.customers["customer_id"].astype(str)]
    if "furigana" in book.customers:
        parts.append(book.customers["furigana"].fillna("").astype(str))
    return [plain_word("\n".join(words)) for words in zip(*parts, strict=True)]


def matches(book: Book, sought: str, most: int) -> list[int]:
    """The codes of the customers in whose name, reading or ID the text stands, by name, at most so many; those that
    begin with it first. All, where nothing is sought."""
    ordered, word = book.once(by_name).tolist(), plain_word(sought)
    if not word:
        return ordered[:most]
    words = book.once(_words)
    found = [code for code in ordered if word in words[code]]
    return sorted(found, key=lambda code: not words[code].startswith(word))[:most]


def numbered(book: Book, sought: str, most: int) -> list[int]:
    """The same by the number that stands for each customer where names are hidden, by number."""
    digits = "".join(sign for sign in unicodedata.normalize("NFKC", sought) if sign.isdecimal()).lstrip("0")
    found = (code for code in range(len(book.customer_ids)) if not digits or str(code + 1).startswith(digits))
    return [code for code, _place in zip(found, range(most), strict=False)]
