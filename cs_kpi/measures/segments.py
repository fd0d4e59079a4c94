"""Segments: which value of a field each customer has at a period's opening and closing (handbook 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.ledger import NEVER, Ints
from cs_kpi.locale import LANGUAGES, Message, _, shown
from cs_kpi.measures.lifetimes import last_opening
from cs_kpi.measures.moments import NOT_SET, Moment, coded
from cs_kpi.measures.registry import At
from cs_kpi.tables import CUSTOMERS, SUBSCRIPTIONS

NOT_SET_LABEL = _("Not set")
MOST_VALUES = 400
"""A field with more different values is an identifier or a note, not a segment."""
OUTSIDE = "\0outside"
"""Where `narrowed` puts who does not belong; no sheet can hold such a word."""
STARTS: dict[str, Message] = {"start_year": _("Start year"), "start_quarter": _("Start quarter"),
                              "start_month": _("Start month")}
DERIVED: dict[str, Message] = {"tenure_band": _("Tenure")}
_NO_SEGMENT = {"customers": ("customer_id", "customer_name", "furigana", "started_on", "onboarding_completed_on",
                             "has_left", "tenure_months"),
               "subscriptions": ("customer_id", "start_date", "end_date", "term_end", "mrr", "subscription_id",
                                 "customer_name", "amount", "notice_days", "seats", "discount", "charge_kind")}


@dataclass(frozen=True, slots=True)
class SegmentField:
    """A field by which numbers can be cut.

    source : `customers` (one value per customer), `subscriptions` (taken at that moment) or `start` (cohorts)
    """

    id: str
    column: str
    source: Literal["customers", "subscriptions", "start"]
    label: Message | str


@dataclass(frozen=True)
class Segmentation:
    """The segment code of every customer at opening and closing; -1 where the value is missing.

    elsewhere : the codes on the first active day and in the window, where they are not those of the closing
    of_rows : the code of every contract row, where the field is one of contracts
    """

    names: tuple[str, ...]
    opening: Ints
    closing: Ints
    was_there: np.ndarray
    elsewhere: Callable[[At], Ints] | None = None
    of_rows: Ints | None = None

    def codes(self, at: At) -> Ints:
        """Codes shifted by one, so that a missing value is 0: what `bincount` wants."""
        if at in ("start", "window") and self.elsewhere:
            return self.elsewhere(at) + 1
        if at == "movement":
            return np.where(self.was_there, self.opening, self.closing) + 1
        return (self.opening if at == "opening" else self.closing) + 1

    def codes_of_rows(self, row: Ints, customer: Ints, at: At) -> Ints:
        """The codes of contract rows, shifted alike: each row's own value, or its customer's of other fields."""
        return self.codes(at)[customer] if self.of_rows is None else self.of_rows[row] + 1


def segment_fields(book: Book) -> list[SegmentField]:
    """Every field by which this book can be cut: contract fields, customer attributes, start cohorts."""
    return list(book.once(_fields))


def _fields(book: Book) -> list[SegmentField]:
    if not len(book.customer_ids):
        return []
    if book.is_snapshot:
        return list(_usable(book.customers, "customers"))
    contract = list(_usable(book.counted, "subscriptions"))
    customer = list(_usable(book.customers, "customers"))
    taken = {field.column for field in contract}
    renamed = [SegmentField(f"customers.{f.column}", f.column, f.source, _("{field} (customer list)", field=f.label))
               if f.column in taken else f for f in customer]
    return contract + renamed + [SegmentField(name, name, "start", label) for name, label in STARTS.items()]


def segment_field(book: Book, field_id: str) -> SegmentField:
    """The field called `field_id`, or else labelled so in any language; raises DataError with those that there are."""
    fields = segment_fields(book)
    wanted = field_id.strip().casefold()
    for names in (lambda one: {one.id}, lambda one: {shown(one.label, language).casefold() for language in LANGUAGES}):
        for field in fields:
            if field_id in names(field) or wanted in names(field):
                return field
    raise DataError(_("There is no field '{field}' to cut by. There are: {fields}.", field=field_id,
                      fields=[f.id for f in fields]))


def _usable(frame: pd.DataFrame, source: Literal["customers", "subscriptions"]) -> Iterator[SegmentField]:
    declared = {field.name: field.label for field in (CUSTOMERS if source == "customers" else SUBSCRIPTIONS).fields}
    declared |= DERIVED
    for column in map(str, frame.columns):
        if column.startswith("_") or column in _NO_SEGMENT[source]:
            continue
        values = frame[column].nunique()
        if 1 <= values <= MOST_VALUES and (column in declared or values <= max(2, _carriers(frame, column) // 2)):
            yield SegmentField(column, column, source, declared.get(column, column))


def _carriers(frame: pd.DataFrame, column: str) -> int:
    """How many customers have a value, once for each: where all have one of their own, it is no segment."""
    return len(frame[["customer_id", column]].dropna().drop_duplicates())


def segment_values(book: Book, field: SegmentField) -> list[str | None]:
    """The values of a field, in order; None last where some customer has none."""
    if field.source == "subscriptions":
        values = book.counted[field.column]
    elif field.source == "start":
        values = starts(book, field.column)[book.first_active < NEVER]
    else:
        values = book.customers[field.column][_ever_there(book)]
    code, names = coded(values)
    return [*names, None] if (code < 0).any() else list(names)


def _ever_there(book: Book) -> np.ndarray:
    """Who was a customer at some time."""
    return book.first_active < NEVER if book.snapshot is None else book.snapshot.was_there


def segmentation(field: SegmentField, now: Moment) -> Segmentation:
    """The segments of `field` at one moment; contract fields need their split in the moment."""
    return segmenter(field, now.book)(now)


def narrowed(cut: Segmentation, other: Segmentation, value: str | None, customer: Ints) -> Segmentation:
    """`cut` of those alone who are in segment `value` of `other`; everybody else is in the last segment, OUTSIDE.

    customer : whose each contract row is
    """
    known: dict[str | None, int] = {None: -1} | {name: code for code, name in enumerate(other.names)}
    wanted, rest = known.get(value, len(known)), len(cut.names)
    return Segmentation((*cut.names, OUTSIDE), np.where(other.opening == wanted, cut.opening, rest),
                        np.where(other.closing == wanted, cut.closing, rest), cut.was_there,
                        lambda at: np.where(other.codes(at) == wanted + 1, cut.codes(at) - 1, rest),
                        _narrowed_rows(cut, other, customer, wanted, rest))


def _narrowed_rows(cut: Segmentation, other: Segmentation, customer: Ints, wanted: int, rest: int) -> Ints | None:
    """The same of contract rows, where one of both fields is theirs."""
    if cut.of_rows is None and other.of_rows is None:
        return None
    row = np.arange(len(customer))
    is_in = other.codes_of_rows(row, customer, "movement") == wanted + 1
    return np.where(is_in, cut.codes_of_rows(row, customer, "movement") - 1, rest)


def segmenter(field: SegmentField, book: Book) -> Callable[[Moment], Segmentation]:
    """`segmentation` for many moments of a book: what does not change with the moment is looked up once."""
    if field.source == "subscriptions":
        return lambda now: _contract_segments(now, field.column)
    values = starts(book, field.column) if field.source == "start" else book.customers[field.column]
    codes, names = coded(values)
    return lambda now: Segmentation(names, codes, codes, now.was_there)


def _contract_segments(now: Moment, column: str) -> Segmentation:
    """Who pays nothing in all, credit notes taken off, has no plan and no product."""
    split, size = now.splits[column], len(now.opening)
    opening, closing = (np.where(mrr > 0, split.parts.leading(part, size), NOT_SET)
                        for mrr, part in ((now.opening, split.opening), (now.closing, split.closing)))
    return Segmentation(split.parts.names, opening, closing, now.opening > 0,
                        lambda at: _on_own_days(now, column, at), split.parts.value[split.parts.of_row])


def _on_own_days(now: Moment, column: str, at: At) -> Ints:
    """The segment of every customer on a day of its own: its first active day, or its last opening in the window."""
    ledger, found = now.book.ledger, now.splits[column].parts
    if at == "start" and found.first:
        return found.first[0]
    day = (now.book.first_active if at == "start" else last_opening(now))[ledger.customer]
    mrr = np.zeros(len(found.customer), dtype=np.int64)
    is_active = (ledger.start <= day) & (day < ledger.end)
    np.add.at(mrr, found.of_row[is_active], ledger.mrr[is_active])
    codes = found.leading(mrr, ledger.size)
    if at == "start":
        found.first.append(codes)
    return codes


def starts(book: Book, column: str) -> pd.Series:
    """The start cohort of every customer as text, missing for who was there before the data begins."""
    day = pd.Series(pd.to_datetime(np.where(book.start_day < NEVER, book.start_day, 0), unit="D"))
    months = {"start_year": 12, "start_quarter": 3, "start_month": 1}[column]
    first = book.settings.fiscal_year_start if months > 1 else 1
    fiscal = "FY" if first != 1 else ""
    year = day.dt.year - (day.dt.month < first)
    number = (day.dt.month - first) % 12 // months + 1
    text = {12: fiscal + year.astype(str), 3: fiscal + year.astype(str) + "-Q" + number.astype(str),
            1: day.dt.strftime("%Y-%m")}[months]
    return text.where(book.start_day < NEVER)
