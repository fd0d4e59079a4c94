"""Words of headers, titles and cells, brought to one form so that they can be compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from cs_kpi.ingest.naming.multiples import without_multiple

BRACKETS = re.compile(r"[(\[【〔<〈「『{][^)\]】〕>〉」』}]*[)\]】〕>〉」』}]")
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
SIGNS = re.compile(r"[_\-./:;,*#※?!'\"\\|&+~・]+")
OF_PRINT = str.maketrans("–—‐‑’‘“”", "----''\"\"")
UNIT_TAIL = re.compile(
    r"(?:(?<=.)[\s/_]+(?:単位|百万円|千円|万円|億円|円|税抜き?|税込み?|税別|usd|jpy|eur|gbp|%))+\s*$", re.IGNORECASE)
NUMBER_SIGN = re.compile(r"(?<=[A-Za-z])\s*#\s*$")
"""Account # is an account number."""
OBJECT = re.compile(r"(?P<whose>[A-Za-z]+(?: [A-Za-z]+)?)(?:: | - )(?P<what>[A-Za-z][A-Za-z ]*)")
GAP_BESIDE_JAPANESE = re.compile(r"(?<=[^\x00-\x7f]) +| +(?=[^\x00-\x7f])")


def nfkc(text: str) -> str:
    """Full-width and half-width forms made one; the usual blanks instead of odd ones; no blanks around."""
    return text.strip() if text.isascii() else unicodedata.normalize("NFKC", text).strip()


def straight(text: str) -> str:
    """A text with the dashes and quotes of a typewriter instead of those of print."""
    return text if text.isascii() else text.translate(OF_PRINT)


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """A header or word as it is compared: case, width, signs, camelCase, brackets and units do not matter.

    >>> plain("customerID"), plain("usage_duration_secs"), plain("月額料金（千円・税抜）"), plain("顧客　ＩＤ")
    ('customer id', 'usage duration secs', '月額料金', '顧客id')
    """
    text = NUMBER_SIGN.sub(" no", straight(nfkc(text)).replace("IDs", " ids"))
    text = BRACKETS.sub(" ", text).strip() or text
    text = without_multiple(UNIT_TAIL.sub("", text))
    text = SIGNS.sub(" ", HUMP.sub(" ", text)).casefold()
    return GAP_BESIDE_JAPANESE.sub("", " ".join(text.split()))


def objects(header: str) -> tuple[str, ...]:
    """What reports write before a field to say whose it is, and the field; nothing where nobody is named.

    >>> objects("Account: Account Number"), objects("Deal - Value"), objects("Fee (net): per month")
    (('Account', 'Account Number'), ('Deal', 'Value'), ())
    """
    match = OBJECT.fullmatch(nfkc(header))
    return (match["whose"], match["what"]) if match else ()


def singular(word: str) -> str:
    """
    >>> singular("notes"), singular("status"), singular("address")
    ('note', 'status', 'address')
    """
    return word.removesuffix("s") if not word.endswith(("ss", "us")) else word
