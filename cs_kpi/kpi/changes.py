"""What another file changed, by name: customers who came, who are gone, and whose MRR is not what it was."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cs_kpi.book import Book, day_of
from cs_kpi.ledger import MICRO
from cs_kpi.locale import Language, Message, _
from cs_kpi.locale.formats import MONEY_SCALE, money_suffix
from cs_kpi.settings import MoneyUnit

ADDED, GONE, OTHER = "added", "gone", "mrr"
WORDS: dict[str, Message] = {ADDED: _("Added"), GONE: _("No longer in the data"), OTHER: _("Other MRR")}


@dataclass(frozen=True, slots=True)
class Changes:
    """One row per customer that another book has, has no more, or has with another MRR.

    days : the last day of the data before and after; one day where they are the same
    rows : customer_id, customer_name, change (a key of WORDS), and for each day `before_DAY`, `after_DAY`: MRR in the
        shown currency. The differences of all rows sum to the difference of the books' MRR on that day.
    """

    days: tuple[dt.date, ...]
    rows: pd.DataFrame

    def count(self, change: str) -> int:
        return int((self.rows["change"] == change).sum())


def changes(before: Book, after: Book) -> Changes:
    """What differs between two books, on the last day of either; largest difference on the later day first."""
    days = tuple(sorted({day for day in (before.as_of, after.as_of) if day}))
    ids = np.array(sorted({*before.customer_ids, *after.customer_ids}), dtype=object)
    frame = pd.DataFrame({"customer_id": ids, "customer_name": _names(ids, after, before)})
    is_known = [pd.Index(book.customer_ids).get_indexer(pd.Index(ids)) >= 0 for book in (before, after)]
    frame["change"] = np.select([~is_known[0], ~is_known[1]], [ADDED, GONE], OTHER)
    differs = np.zeros(len(ids), dtype=bool)
    for day in days:
        one, other = (_mrr(book, ids, day) for book in (before, after))
        frame[f"before_{day}"], frame[f"after_{day}"] = one, other
        differs |= one != other
    rows = frame[differs | (frame["change"] != OTHER)]
    largest = (rows[f"after_{days[-1]}"] - rows[f"before_{days[-1]}"]).abs() if days else rows["customer_name"]
    return Changes(days, rows.loc[largest.sort_values(ascending=not days, kind="stable").index].reset_index(drop=True))


def _names(ids: np.ndarray, *books: Book) -> list[str]:
    known: dict[str, str] = {}
    for book in reversed(books):
        known |= dict(zip(book.customers["customer_id"], book.customers["customer_name"], strict=True))
    return [str(known.get(one, one)) for one in ids]


def _mrr(book: Book, ids: np.ndarray, day: dt.date) -> np.ndarray:
    """MRR of each customer at the closing of a day; 0 for one that the book does not know."""
    closing = next(book.ledger.closings([day_of(day)]))
    place = pd.Index(book.customer_ids).get_indexer(pd.Index(ids))
    return np.where(place >= 0, np.append(closing, 0)[place], 0) / MICRO


def listed_changes(found: Changes, book: Book, language: Language, hides_names: bool = False,
                   money_unit: MoneyUnit = "one") -> pd.DataFrame:
    """The changes with columns named for the reader; ids and names give way to a number where hidden."""
    unit = f" ({money_suffix(language, book.currency, money_unit).strip()})" if money_unit != "one" else ""
    rows = found.rows
    columns: dict[str, object] = {
        _("Customer ID").text(language): rows["customer_id"],
        _("Customer name").text(language): rows["customer_name"],
        _("Change").text(language): [WORDS[change].text(language) for change in rows["change"]]}
    if hides_names:
        columns = dict(list(columns.items())[1:])
        columns[_("Customer name").text(language)] = [
            _("Customer {number}", number=f"{number:04d}").text(language) for number in range(1, len(rows) + 1)]
    for day in found.days:
        for side, label in (("before", _("MRR on {day} before", day=day)), ("after", _("MRR on {day} now", day=day))):
            columns[label.text(language) + unit] = rows[f"{side}_{day}"] / MONEY_SCALE[money_unit]
    return pd.DataFrame(columns)
