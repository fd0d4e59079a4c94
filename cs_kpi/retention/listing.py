"""The tables of the retention page, with columns named for the reader; names give way to a number where hidden."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cs_kpi.book import Book, day_of
from cs_kpi.kpi.readings import Segment
from cs_kpi.ledger import MICRO, NEVER, Ints
from cs_kpi.locale import Language, Message, _
from cs_kpi.locale.formats import MONEY_SCALE, formatted, money_suffix
from cs_kpi.measures.registry import OF_DAY, OF_MONTH
from cs_kpi.retention.cohorts import members
from cs_kpi.retention.cost import HORIZONS, churn_costs
from cs_kpi.retention.staying import Stay
from cs_kpi.settings import MoneyUnit

CUSTOMER_ID, CUSTOMER_NAME = _("Customer ID"), _("Customer name")
MRR_LOST = _("MRR lost")
ESTIMATED, FROM_SHEET = _("Estimated: the same term again"), _("As in the sheet")
YES, NO = _("Yes"), _("No")


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a table is written."""

    book: Book
    language: Language
    money_unit: MoneyUnit = "one"
    hides_names: bool = False

    def word(self, message: Message) -> str:
        return message.text(self.language)

    def who(self, ids: pd.Series) -> dict[str, Sequence[object]]:
        """Id and name of customers; where names are hidden, a number that stays the same."""
        code = self.book.codes(ids)
        if self.hides_names:
            return {self.word(CUSTOMER_NAME): [self.word(_("Customer {number}", number=f"{one + 1:04d}"))
                                               for one in code]}
        names = self.book.customers["customer_name"].to_numpy()[code]
        return {self.word(CUSTOMER_ID): ids.tolist(), self.word(CUSTOMER_NAME): names.tolist()}

    def money(self, head: Message, values: pd.Series | np.ndarray) -> dict[str, Sequence[object]]:
        """A column of amounts in the unit the team chose, which its head names."""
        name = self.word(head)
        if self.money_unit != "one":
            name += f" ({money_suffix(self.language, self.book.currency, self.money_unit).strip()})"
        return {name: (np.asarray(values, dtype=float) / MONEY_SCALE[self.money_unit]).tolist()}

    def amount(self, value: float) -> str:
        return formatted(value, "money", self.language, currency=self.book.currency, money_unit=self.money_unit)


def dates(values: pd.Series) -> list[dt.date | None]:
    return [None if pd.isna(value) else value.date() for value in values]


def texts(values: pd.Series) -> list[str | None]:
    return [None if pd.isna(value) else str(value) for value in values]


def cohort_list(reader: Reader, by: str, name: str | None, segment: Segment | None = None) -> pd.DataFrame:
    """The customers of a cohort: since when, whether they are there, and what they pay; who is there first."""
    book = reader.book
    code = members(book, by, name, segment)
    start = book.start_day[code]
    ids = pd.Series(book.customer_ids[code], dtype=object)
    if not book.has_contracts:
        return pd.DataFrame({**reader.who(ids), reader.word(_("Start")): _days(start)})
    mrr, end = _present(book, code)
    until = np.where(mrr > 0, day_of(book.as_of) if book.as_of else 0, end)
    state = [reader.word(STAYS if amount else LEFT) for amount in mrr]
    frame = pd.DataFrame({
        **reader.who(ids), reader.word(_("Status")): state, reader.word(_("Start")): _days(start),
        reader.word(_("Left on")): _days(np.where(mrr > 0, NEVER, end)),
        reader.word(_("Months")): np.round((until - start) * OF_DAY / OF_MONTH, 1),
        **reader.money(_("MRR"), mrr / MICRO)})
    return frame.iloc[np.lexsort((-start, -mrr))].reset_index(drop=True)


STAYS, LEFT = _("Still there"), _("Left")


def _present(book: Book, code: Ints) -> tuple[Ints, Ints]:
    """What customers pay at `as_of`, and the last day on which they left."""
    assert book.as_of is not None
    last = day_of(book.as_of)
    [mrr] = book.ledger.closings([last])
    customer, _begin, ends = book.ledger.spells
    end = np.zeros(len(book.customer_ids), dtype=np.int64)
    past = ends <= last
    np.maximum.at(end, customer[past], ends[past])
    return mrr[code], end[code]


def _days(days: Ints) -> list[dt.date | None]:
    return [None if day >= NEVER else dt.date(1970, 1, 1) + dt.timedelta(days=int(day)) for day in days]


def churned_list(reader: Reader, found: pd.DataFrame) -> pd.DataFrame:
    """Who left, as `churned` found it; columns that say nothing are left out."""
    frame = pd.DataFrame({**reader.who(found["customer_id"]), reader.word(_("Left on")): dates(found["left_on"]),
                          **reader.money(MRR_LOST, found["mrr_lost"]),
                          reader.word(_("Reason")): texts(found["reason"])})
    return frame.dropna(axis="columns", how="all") if len(frame) else frame


def departure_list(reader: Reader, found: pd.DataFrame) -> pd.DataFrame:
    """The stated reasons one by one, as `departures` found them."""
    frame = pd.DataFrame({
        **reader.who(found["customer_id"]), reader.word(_("Cancelled on")): dates(found["cancelled_on"]),
        reader.word(_("Reason")): texts(found["reason"]), reader.word(_("Comment")): texts(found["comment"]),
        **reader.money(MRR_LOST, found["mrr_lost"])})
    return frame if found["comment"].notna().any() else frame.drop(columns=reader.word(_("Comment")))


def renewal_list(reader: Reader, found: pd.DataFrame, states: Sequence[Message]) -> pd.DataFrame:
    """The terms that run out, as `due` found them; states : whether notice can still be given, for each."""
    columns: dict[str, Sequence[object]] = dict(reader.who(found["customer_id"]))
    for field, head in (("product", _("Product")), ("plan", _("Plan"))):
        if field in found:
            columns[reader.word(head)] = texts(found[field])
    columns |= {reader.word(_("Term end")): dates(found["term_end"]),
                reader.word(_("Term end is")): [reader.word(ESTIMATED if one else FROM_SHEET)
                                                for one in found["is_estimated"]]}
    if found["notice_by"].notna().any():
        columns |= {reader.word(_("Notice until")): dates(found["notice_by"]),
                    reader.word(_("Notice")): [reader.word(one) for one in states]}
    columns |= reader.money(_("MRR"), found["mrr"])
    if "owner" in found:
        columns[reader.word(_("Owner"))] = texts(found["owner"])
    if "auto_renews" in found:
        columns[reader.word(_("Renews automatically"))] = [
            None if pd.isna(one) else reader.word(YES if one else NO) for one in found["auto_renews"]]
    return pd.DataFrame(columns)


def staying_table(reader: Reader, found: Sequence[Stay], names: Sequence[Message | str], head: Message | str,
                  month: int = 12) -> pd.DataFrame:
    """n, who left, the median with its limits in words, and the share there after some months, for each curve."""
    language = reader.language

    def months(value: float) -> str:
        return reader.word(_("not reached") if math.isnan(value) else _("{months} months", months=formatted(
            value, "months", language)))

    def share(stay: Stay) -> str:
        value, low, high = stay.at(month)
        if math.isnan(value):
            return reader.word(_("not seen that long"))
        return f"{formatted(value, 'share', language)} ({formatted(low, 'share', language)} – " \
               f"{formatted(high, 'share', language)})"

    return pd.DataFrame({
        reader.word(head) if isinstance(head, Message) else head:
            [reader.word(name) if isinstance(name, Message) else name for name in names],
        "n": [stay.n for stay in found], reader.word(_("Of these, left")): [stay.left for stay in found],
        reader.word(_("Median")): [months(stay.median[0]) for stay in found],
        reader.word(_("95% from")): [months(stay.median[1]) for stay in found],
        reader.word(_("95% to")): [months(stay.median[2]) for stay in found],
        reader.word(_("There after {months} months", months=month)): [share(stay) for stay in found]})


def cost_table(reader: Reader, mrr: float, rate: float, points: float) -> pd.DataFrame:
    """What is left of today's MRR after each horizon, and what a change of monthly churn does to it and to revenue."""
    worse, better = churn_costs(mrr, rate, points), churn_costs(mrr, rate, -min(points, rate))
    return pd.DataFrame({
        reader.word(_("Months")): list(HORIZONS),
        **reader.money(_("MRR left at today's churn"), np.array([one.mrr for one in worse])),
        **reader.money(_("MRR, churn worse"), np.array([one.mrr_difference for one in worse])),
        **reader.money(_("Revenue, churn worse"), np.array([one.revenue_difference for one in worse])),
        **reader.money(_("MRR, churn better"), np.array([one.mrr_difference for one in better])),
        **reader.money(_("Revenue, churn better"), np.array([one.revenue_difference for one in better]))})
