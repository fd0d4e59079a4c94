"""What stands in a header beside its word and makes another thing of it: Seats (used), ARR %, price per seat."""

from __future__ import annotations

import re

from cs_kpi.ingest.naming.abbreviations import spelt
from cs_kpi.ingest.naming.compositions import is_of_another
from cs_kpi.ingest.naming.compositions_ja import UNIT
from cs_kpi.ingest.naming.words import BRACKETS, nfkc, plain

MONEY = ("mrr", "amount")
PERCENT = re.compile(r"[%％]|\b(?:pct|percent(?:age)?)\b", re.IGNORECASE)
UNIT_PRICE = re.compile(rf"単価|(?:1|一){UNIT}(?:につき|の?月額|の?年額)|{UNIT}(?:[あ当]たり|当り)|/ ?1? ?{UNIT}(?!数)"
                        r"|(?:/ ?|\b(?:per|each) )(?:user|seat|licen[cs]e|unit|device)\b"
                        r"|\b(?:unit|seat|item) (?:price|amount)\b")
NO_UNIT_PRICE = re.compile("顧客単価|客単価|平均単価|従量|超過")


def is_another_by_aside(field: str, header: str) -> bool:
    """Whether brackets or a percent sign say that a header is not the field that its word names.

    >>> is_another_by_aside("seats", "Seats (used)"), is_another_by_aside("amount", "ARR %")
    (True, True)
    >>> is_another_by_aside("seats", "Seats (contracted)"), is_another_by_aside("amount", "ARR (USD)")
    (False, False)
    """
    if field in MONEY and PERCENT.search(header):
        return True
    asides = (found[1:-1].strip() for found in BRACKETS.findall(nfkc(header)))
    return any(is_of_another(field, spelt(aside)) for aside in asides if aside)


def is_unit_price(header: str) -> bool:
    """Whether a header says that its prices are those of one unit.

    >>> is_unit_price("月額単価"), is_unit_price("Price per seat"), is_unit_price("月額（円/ID）")
    (True, True, True)
    """
    text = nfkc(header).casefold().replace("_", " ")
    return (UNIT_PRICE.search(text) or UNIT_PRICE.search(plain(header))) is not None and not NO_UNIT_PRICE.search(text)
