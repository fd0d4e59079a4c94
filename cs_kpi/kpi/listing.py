"""Lists of customers as a reader sees them: columns named and ordered, names hidden where the team wants it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from cs_kpi.book import Book
from cs_kpi.fields import Table
from cs_kpi.health.measures import present_scores
from cs_kpi.health.words import banded
from cs_kpi.locale import Language, Message, _, shown
from cs_kpi.locale.formats import MONEY_SCALE, money_suffix
from cs_kpi.locale.names import unique
from cs_kpi.settings import MoneyUnit
from cs_kpi.tables import CUSTOMERS, SUBSCRIPTIONS

NAMING = ("customer_id", "customer_name")
PERSONS = ["respondent"]
"""Whoever knows the person, or its address, knows the customer."""
MONEY = frozenset({"mrr", "mrr_lost", "at_stake", "expected_mrr", "worth"})
SHORT = {"mrr": "MRR"}
"""Heads of narrow columns: in a list nobody needs the term written out."""
HEALTH_LABELS = {"health": _("Health score"), "health_band": _("Band of health")}


def customer_table(book: Book, frame: pd.DataFrame, labels: Mapping[str, Message], language: Language,
                   hides_names: bool = False, money_unit: MoneyUnit = "one") -> pd.DataFrame:
    """The columns of `frame` that have a name: id and name first, then `labels` in their order, then health as it is
    today (where a score is set up, and the list does not tell of health itself), owner and MRR.

    labels : column -> its name; declared fields of customers and contracts may be left to their own labels
    Two labels that are alike in a language are told apart by a number: a table shows every head once.
    Where names are hidden, ids and the persons who answered go, and each customer has a number instead of its name, the
    same in every list.
    """
    if "band" not in labels:
        frame = with_health(book, frame, language)
    wanted = [*NAMING, *labels, *HEALTH_LABELS, "owner", "mrr"]
    kept = [column for column in dict.fromkeys(wanted) if column in frame]
    listed = frame[kept]
    if hides_names:
        numbers = [hidden_name(code).text(language) for code in book.codes(frame["customer_id"])]
        listed = listed.assign(customer_name=numbers).drop(columns="customer_id")
        listed = listed.drop(columns=PERSONS, errors="ignore")
    heads = {}
    for column in listed.columns:
        label = labels.get(column) or HEALTH_LABELS.get(column)
        heads[column] = SHORT.get(column) or (label or _declared(column)).text(language)
        if column in MONEY and money_unit != "one":
            listed = listed.assign(**{column: listed[column] / MONEY_SCALE[money_unit]})
            heads[column] += f" ({money_suffix(language, book.currency, money_unit).strip()})"
        if listed[column].dtype.kind == "M":
            listed = listed.assign(**{column: listed[column].dt.date})
    return listed.set_axis(unique(list(heads.values())), axis=1)


def with_health(book: Book, frame: pd.DataFrame, language: Language) -> pd.DataFrame:
    """The customers with their score and band of today; as they are where nobody of them has any."""
    found = present_scores(book)
    if found is None or frame.empty:
        return frame
    place = pd.Index(found.customer).get_indexer(pd.Index(book.codes(frame["customer_id"])))
    score = np.where(place >= 0, found.score[place], np.nan)
    if np.isnan(score).all():
        return frame
    bands = [None if np.isnan(one) else shown(banded(int(found.band[at])), language)
             for one, at in zip(score, place, strict=True)]
    return frame.assign(health=np.round(score, 1), health_band=bands)


def hidden_name(code: int) -> Message:
    """What a customer is called where names are hidden, the same in every list."""
    return _("Customer {number}", number=f"{code + 1:04d}")


def _declared(column: str) -> Message:
    tables: tuple[Table, ...] = (CUSTOMERS, SUBSCRIPTIONS)
    return next(table.by_name[column].label for table in tables if column in table.by_name)
