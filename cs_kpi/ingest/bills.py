"""Rows that are bills: whom a list of invoices means by its contacts, which of its amounts is the fee, and the period
that each line pays for."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from cs_kpi.ingest.columns import Column
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.looks import looks
from cs_kpi.ingest.matching import SURE, Scores
from cs_kpi.ingest.naming.abbreviations import spelt
from cs_kpi.ingest.naming.vocabulary import Place
from cs_kpi.ingest.values.names import ids
from cs_kpi.tables import TABLES

NUMBER = frozenset(("invoice no", "invoice number", "invoice id", "invoice ref", "invoice reference", "invoice",
                    "document number", "bill number", "bill no", "請求書番号", "請求番号", "インボイス番号"))
DAY = frozenset(("invoice date", "date of invoice", "invoiced on", "issue date", "date issued", "bill date",
                 "billing date", "document date", "due date", "due", "invoice due date", "tax point", "請求日",
                 "発行日", "請求書発行日", "支払期限", "支払期日"))
PARTY = ("contact name", "contact", "bill to", "billed to", "bill to name", "invoice to", "invoiced to", "sold to",
         "payer", "debtor", "debtor name", "請求先", "請求先名", "宛先", "宛名")
LEDGER = frozenset(("account code", "account no", "account number", "account", "gl code", "gl account", "nominal code",
                    "nominal account", "ledger code", "ledger account"))
"""Accounts of the books beside a contact: sales are 200 for everybody."""
BEFORE_TAX = ("net", "net amount", "amount net", "net total", "total net", "net value", "line net", "subtotal",
              "sub total", "amount", "line amount", "line total", "税抜", "税抜額", "税抜金額", "小計", "金額")
PAID_FOR = (r"(?:(?:service|billing|billed|bill|charge|charged|coverage|cover|covers|covered|covering|invoice|invoiced|"
            r"subscription|usage|term|prepaid) )?(?:period )?")
FROM = re.compile(PAID_FOR + r"(?:from|start|starts|start date|starting|begin|begins|beginning|from date)")
TO = re.compile(PAID_FOR + r"(?:to|until|through|thru|end|ends|end date|ending|to date)")
"""The days between which a line of a bill says what it pays for."""
IN_ONE = "Term end (", "満了日（"
"""How the last day of a period is called that stands with the first one in one cell."""
PAID = frozenset(("paid", "is paid", "paid?", "amount paid"))
"""Whether, when or how much of an invoice was paid, never how often."""
FEWER = 0.5
MOSTLY, FEWEST, LONGEST = 0.9, 3, 60
IDS = tuple(Place(table.name, "customer_id") for table in TABLES.values() if "customer_id" in table.by_name)
NAME = Place("customers", "customer_name")
MONEY = (Place("subscriptions", "mrr"), Place("subscriptions", "amount"))
START, END, INTERVAL = (Place("subscriptions", name) for name in ("start_date", "end_date", "billing_interval"))


def are_bills(table: Area) -> bool:
    """Whether rows have the number of an invoice and one of its days."""
    words = set(map(spelt, table.headers))
    return bool(words & NUMBER and words & DAY)


def told(found: Scores, table: Area) -> Scores:
    """The scores in which the contact of an invoice is the customer, whom nothing else names, and the net amount of
    lines that say from when to when they pay is the fee."""
    return _with_net(_with_party(_with_period(found, table), table), table) if are_bills(table) else found


def _with_period(found: Scores, table: Area) -> Scores:
    """The first and the last day of what a line pays for, where just one column of days each is called so: an invoice
    is no contract that is renewed when its period ends."""
    told = {header: {at: score for at, score in rated.items() if at != INTERVAL or spelt(header) not in PAID}
            for header, rated in found.items()}
    first, last = (_days(table, pattern) for pattern in (FROM, TO))
    if len(first) == len(last) == 1:
        told |= {first[0]: {START: 1.0}, last[0]: {END: 1.0}}
    return told | {header: {END: 1.0} for header in table.headers if header.startswith(IN_ONE)}


def _days(table: Area, words: re.Pattern[str]) -> list[str]:
    return [header for header in table.headers if words.fullmatch(spelt(header))
            and looks(table.body[header]).dates >= MOSTLY]


def _with_party(found: Scores, table: Area) -> Scores:
    named = {header for header, rated in found.items() if any(rated.get(at, 0.0) >= SURE for at in (*IDS, NAME))}
    party = _first(table, PARTY, named)
    if party is None or any(spelt(header) not in LEDGER for header in named):
        return found
    names = ids(table.body[party]).dropna()
    if any(ids(table.body[header]).nunique() > max(1, FEWER * names.nunique()) for header in named):
        return found
    kept = {header: {at: score for at, score in found[header].items() if at not in (*IDS, NAME)} for header in named}
    return {**found, **kept, party: {NAME: 1.0}}


def _with_net(found: Scores, table: Area) -> Scores:
    """A net amount is a fee where a line says for which period, and no other header names a fee."""
    sure = {at for rated in found.values() for at, score in rated.items() if score >= SURE}
    if not {START, END} <= sure or sure & set(MONEY):
        return found
    net = _first(table, BEFORE_TAX, set())
    if net is None or looks(table.body[net]).numbers < MOSTLY:
        return found
    return {**found, net: {**found.get(net, {}), MONEY[1]: SURE}}


def _first(table: Area, words: tuple[str, ...], taken: set[str]) -> str | None:
    """The header of the first of these words that the table has."""
    given = {spelt(header): header for header in reversed(table.headers) if header not in taken}
    return next((given[word] for word in words if word in given), None)


def pay_for_their_periods(columns: Mapping[str, Column], table: Area, lengths: np.ndarray) -> bool:
    """Whether each line of a list of bills pays for the whole months between its two days.

    lengths : months of each row that is read
    """
    return are_bills(table) and {"start_date", "end_date"} <= set(columns) and _are_whole_months(lengths)


def have_periods_of_their_own(lengths: np.ndarray) -> bool:
    """Whether rows run over whole months, some over more of them than others, as what is paid ahead does."""
    return _are_whole_months(lengths) and len(np.unique(lengths[np.isfinite(lengths)])) > 1


def _are_whole_months(lengths: np.ndarray) -> bool:
    known = lengths[np.isfinite(lengths)]
    return len(known) >= FEWEST and bool(
        (np.isfinite(lengths).mean() >= MOSTLY) and ((known % 1 == 0) & (known <= LONGEST)).mean() >= MOSTLY)
