"""What a Book leaves open about who is who: keys of nobody, spellings that may be one customer, probable migrations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cs_kpi.book import Book
from cs_kpi.identity.directory import directory
from cs_kpi.identity.migrations import Migration, migrations
from cs_kpi.identity.proposals import Proposal, proposals
from cs_kpi.identity.records import Pair, pair
from cs_kpi.identity.unmatched import Unmatched, unmatched
from cs_kpi.ledger import MICRO, NEVER
from cs_kpi.locale import Message, _

EXAMPLES = 2
"""So many are named where all are counted."""


@dataclass(frozen=True)
class Findings:
    """lives : index customer_id, one row per customer and key: name, start, end, first_mrr, last_mrr (see `lives`)"""

    unmatched: tuple[Unmatched, ...]
    proposals: tuple[Proposal, ...]
    migrations: tuple[Migration, ...]
    lives: pd.DataFrame

    @property
    def is_clear(self) -> bool:
        """Whether nothing is open."""
        return not (self.unmatched or self.proposals or self.migrations)

    def name(self, customer_id: str) -> str:
        return str(self.lives.at[customer_id, "customer_name"])


def findings(book: Book, declined: tuple[Pair, ...] = ()) -> Findings:
    """What is open about who is who in a Book that was bound without rolling up.

    declined : sorted pairs that the user said are two customers
    """
    known = directory(book.tables)
    readings = _readings(book)
    lived = lives(book)
    moved = migrations(lived, known, readings, book.settings.renewal_grace_days, declined)
    barred = [*declined, *(pair(move.old, move.new) for one in moved for move in one.moves), *_parents(book)]
    order = lived.assign(key=lived.index, nameless=~lived.index.isin(list(known.with_own_id)),
                         mentioned=lived["start"].isna())
    ids = order.sort_values(["nameless", "mentioned", "start", "key"])["key"].tolist()
    return Findings(tuple(unmatched(book.tables)), tuple(proposals(ids, known, readings, barred)), tuple(moved), lived)


def left_open(found: Findings) -> list[Message]:
    """How much is open, a sentence for each kind; nothing of it changes a number until the user says so."""
    said = [_("{n} customers end on {day} and {started} start on it or right after, {pairs} of them probably the same "
              "under a new ID. Counted as churned and new until confirmed on the data page.", n=one.ended,
              day=one.day.date(), started=one.started, pairs=len(one.moves)) for one in found.migrations]
    if found.proposals:
        said.append(_("Customers that may be one, spelled differently: {n} pairs (such as {examples}). Counted as two "
                      "each until accepted on the data page.", n=len(found.proposals),
                      examples=[_("{one} and {other}", one=found.name(one.kept), other=found.name(one.other))
                                for one in found.proposals[:EXAMPLES]]))
    if found.unmatched:
        said.append(_("Keys that are on no list of customers: {n}, in {rows} rows (such as {examples}). Give them to "
                      "customers on the data page.", n=len(found.unmatched),
                      rows=sum(one.rows for one in found.unmatched),
                      examples=[one.key for one in found.unmatched[:EXAMPLES]]))
    return said


def lives(book: Book) -> pd.DataFrame:
    """From when to when every customer was under contract, and its MRR at both ends.

    returns : index customer_id, sorted; `customer_name`; `start` first day with MRR, `end` first day after the last one
        (NaT where it runs on, or never was), `first_mrr`, `last_mrr` in the shown currency (NaN without contract)
    """
    ledger = book.ledger
    customer, _begin, stop = ledger.spells
    end = np.full(ledger.size, -1, dtype=np.int64)
    np.maximum.at(end, customer, stop)
    start = ledger.first_active
    last_day = np.minimum(end, NEVER) - 1
    first = np.zeros(ledger.size, dtype=np.int64)
    last = np.zeros(ledger.size, dtype=np.int64)
    for total, day in ((first, start), (last, np.where(end >= NEVER, _horizon(ledger.start), last_day))):
        at = day[ledger.customer]
        is_on = (ledger.start <= at) & (at < ledger.end)
        np.add.at(total, ledger.customer[is_on], ledger.mrr[is_on])
    was_there = start < NEVER
    return pd.DataFrame({
        "customer_name": book.customers["customer_name"].astype(str).to_numpy(),
        "start": _dates(start, was_there), "end": _dates(end, was_there & (end < NEVER)),
        "first_mrr": np.where(was_there, first / MICRO, np.nan), "last_mrr": np.where(was_there, last / MICRO, np.nan),
    }, index=pd.Index(book.customer_ids, name="customer_id"))


def _horizon(start: np.ndarray) -> int:
    """A day on which every contract without an end has started."""
    return int(start.max(initial=0))


def _dates(days: np.ndarray, is_known: np.ndarray) -> np.ndarray:
    found = np.full(len(days), np.datetime64("NaT"), dtype="datetime64[D]")
    found[is_known] = days[is_known].astype("datetime64[D]")
    return found.astype("datetime64[s]")


def _readings(book: Book) -> dict[str, tuple[str, ...]]:
    if not book.has("customers.furigana"):
        return {}
    pairs = book.tables["customers"][["customer_id", "furigana"]].dropna().drop_duplicates()
    return {str(key): tuple(map(str, kana)) for key, kana in pairs.groupby("customer_id")["furigana"]}


def _parents(book: Book) -> list[Pair]:
    """A company and its own store may be named alike; that is what rolling up is for."""
    if not book.has("customers.parent_id"):
        return []
    pairs = book.tables["customers"][["customer_id", "parent_id"]].dropna().drop_duplicates()
    return [pair(str(one), str(other)) for one, other in pairs.itertuples(index=False)]
