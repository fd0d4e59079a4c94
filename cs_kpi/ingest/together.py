"""Sheets understood by one another: the column that names the customers of one sheet names them in its neighbours."""

from __future__ import annotations

from collections.abc import Iterable

from cs_kpi.ingest.key_words import stem_of
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.records import Sheet, SheetMapping
from cs_kpi.ingest.vocabulary import names_customer
from cs_kpi.ingest.words import plain


def known_keys(mappings: Iterable[SheetMapping]) -> frozenset[str]:
    """The headers, as they are compared, under which sheets name their customers, as far as these say of what they are:
    Pub ID, not ID or No."""
    found = {header for one in mappings if one.is_used for at, header in one.columns.items()
             if at.endswith(".customer_id")}
    return frozenset(plain(header) for header in found if stem_of(header) and not names_customer(header))


def again(sheet: Sheet, mapping: SheetMapping, known: frozenset[str]) -> SheetMapping:
    """The guess for a sheet that names no customer by itself, where one of its headers does so in another sheet."""
    is_named = any(at.endswith(".customer_id") for at in mapping.columns)
    return mapping if is_named or not known & set(map(plain, mapping.headers)) else guess(sheet, known=known)
