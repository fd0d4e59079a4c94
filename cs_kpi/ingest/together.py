"""Sheets understood by one another: what names the customers of one, or the day of leaving, does so in others."""

from __future__ import annotations

from collections.abc import Iterable

from cs_kpi.ingest.headerless import GUESSED
from cs_kpi.ingest.keys import Known
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.records import Sheet, SheetMapping
from cs_kpi.ingest.words import plain

TOLD = ("customer_id", "end_date")
NOTHING_SAID = frozenset(("id", "no", "key", "code", "ref", "name", "number", "date", "番号", "コード", "名前", "名称",
                          "日付", "日", "会社", "end", "to"))
"""Headers that may be anything's in another sheet."""


def known_fields(mappings: Iterable[SheetMapping]) -> Known:
    """Under which headers sheets name their customers, and the days on which these left."""
    return frozenset((plain(header), field) for one in mappings if one.is_used for at, header in one.columns.items()
                     if (field := at.split(".")[1]) in TOLD and plain(header) not in NOTHING_SAID)


def again(sheet: Sheet, mapping: SheetMapping, known: Known) -> SheetMapping:
    """The guess for a sheet that names no customer by itself, or only perhaps, where one of its headers does so in
    another sheet."""
    keys = [at for at in mapping.columns if at.endswith(".customer_id")]
    is_sure = any(mapping.confidence.get(at, 1.0) > GUESSED for at in keys)
    others = {plain(header) for header in mapping.headers} - {plain(mapping.columns[at]) for at in keys}
    if is_sure or not any((word, "customer_id") in known for word in others):
        return mapping
    return guess(sheet, known=known)
