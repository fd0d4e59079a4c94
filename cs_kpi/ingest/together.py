"""Sheets understood by one another: what names the customers of one, its contracts or the day of leaving, does so in
others."""

from __future__ import annotations

from collections.abc import Iterable

from cs_kpi.ingest.headerless import GUESSED
from cs_kpi.ingest.keys import Known
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.records import Sheet, SheetMapping

TOLD = ("customer_id", "end_date", "subscription_id")
NOTHING_SAID = frozenset(("id", "no", "key", "code", "ref", "name", "number", "date", "番号", "コード", "名前", "名称",
                          "日付", "日", "会社", "end", "to"))
"""Headers that may be anything's in another sheet."""


def known_fields(mappings: Iterable[SheetMapping]) -> Known:
    """Under which headers sheets name their customers and contracts, and the days on which these left; what content
    alone told of one sheet says nothing of others where some are sure."""
    found = [((plain(header), field), one.confidence.get(at, 1.0) > GUESSED) for one in mappings if one.is_used
             for at, header in one.columns.items()
             if (field := at.split(".")[1]) in TOLD and plain(header) not in NOTHING_SAID]
    sure = {field for (_word, field), is_sure in found if is_sure}
    return frozenset(known for known, is_sure in found if is_sure or known[1] not in sure)


def again(sheet: Sheet, mapping: SheetMapping, known: Known) -> SheetMapping:
    """The guess for a sheet that is no more than a list, or tells only perhaps whose rows it has, where others say more
    of one of its headers."""
    keys = {header for at, header in mapping.columns.items() if at.endswith(".customer_id")}
    is_sure = bool(keys) and all(mapping.confidence.get(at, 1.0) > GUESSED for at in mapping.columns
                                 if at.endswith(".customer_id"))
    others = set(map(plain, mapping.headers)) - set(map(plain, keys))
    names_it = not is_sure and any((word, "customer_id") in known for word in others)
    ends_it = set(mapping.tables) <= {"customers"} and any((word, "end_date") in known for word in others)
    is_under_contracts = not mapping.columns and any((word, "subscription_id") in known for word in others)
    return guess(sheet, known=known) if names_it or ends_it or is_under_contracts else mapping
