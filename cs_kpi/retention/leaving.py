"""Why customers left, and what they paid: the stated reasons with the MRR that went with them."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from cs_kpi.book import Book, date_of, days
from cs_kpi.kpi.readings import Segment
from cs_kpi.ledger import MICRO, NEVER, Ints
from cs_kpi.measures.moments import coded
from cs_kpi.measures.segments import SegmentField, segment_field, starts

BEFORE_END, AFTER_END = 366, 92
"""A reason belongs to an end that comes up to a year after it was stated (a notice), or up to a quarter before."""
FEATURE_WORDS = ("機能", "連携", "使い", "操作", "不具合", "バグ", "性能", "品質", "速度", "要件",
                 "feature", "function", "integration", "usab", "bug", "missing", "lack", "performance",
                 "quality", "technical", "ui", "ux")
"""Words in a reason that developers can do something about; "product" alone may be a competitor's."""


def departures(book: Book, first: dt.date | None = None, last: dt.date | None = None) -> pd.DataFrame:
    """The stated reasons of a span of days with what was lost by each, the latest first.

    returns : customer_id, customer_name, cancelled_on, reason, comment, left_on (NaT: still a customer), mrr_lost in
        currency (what was paid on the day before leaving; 0 for who is still there), and where the row stands. The
        same end counts its MRR once, for the reason stated nearest to it.
    """
    table = book.tables.get("cancellations")
    columns = ["customer_id", "cancelled_on", "reason", "comment", "_file", "_sheet", "_row"]
    if table is None or "cancelled_on" not in table:
        return pd.DataFrame(columns=["customer_name", "left_on", "mrr_lost", *columns])
    rows = table[[column for column in columns if column in table]].reindex(columns=columns)
    spell = _spell_of(book, book.codes(rows["customer_id"]), days(rows["cancelled_on"]))
    end, lost = _ends_and_losses(book, spell) if book.snapshot is None else _flagged(book, rows)
    names = book.customers["customer_name"].to_numpy()[book.codes(rows["customer_id"])]
    found = rows.assign(customer_name=names, left_on=end, mrr_lost=lost)
    inside = rows["cancelled_on"].notna()
    if first:
        inside &= rows["cancelled_on"] >= pd.Timestamp(first)
    if last:
        inside &= rows["cancelled_on"] <= pd.Timestamp(last)
    return found[inside].sort_values("cancelled_on", ascending=False, kind="stable").reset_index(drop=True)


def losses(book: Book, first: dt.date | None = None, last: dt.date | None = None) -> pd.DataFrame:
    """`departures` of a span of days, and behind them who left in it without a word, so that shares are of all losses.

    Who stated nothing has the day of leaving in `cancelled_on`, and no reason. Ends up to `as_of` alone: later ones may
    still be explained.
    """
    known = [part for part in (departures(book), _silent(book)) if len(part)]
    found = pd.concat(known, ignore_index=True) if known else departures(book)
    inside = np.ones(len(found), dtype=bool)
    if first:
        inside &= (found["cancelled_on"].isna() | (found["cancelled_on"] >= pd.Timestamp(first))).to_numpy()
    if last:
        inside &= (found["cancelled_on"].isna() | (found["cancelled_on"] <= pd.Timestamp(last))).to_numpy()
    return found[inside].reset_index(drop=True)


def _silent(book: Book) -> pd.DataFrame:
    """Who left and stated no reason, the latest first; of a list without dates, who is flagged and stated none."""
    said = departures(book)
    if book.snapshot is not None:
        gone = np.flatnonzero(book.snapshot.was_there & ~book.snapshot.is_there)
        customer = gone[~np.isin(gone, book.codes(said["customer_id"]))]
        lost = (book.snapshot.opening - book.snapshot.closing)[customer] / MICRO
        left = pd.Series(pd.NaT, index=range(len(customer)), dtype="datetime64[s]")
        return _unexplained(book, customer, left, lost)
    of_customer, _begin, end = book.ledger.spells
    told = set(zip(book.codes(said["customer_id"]).tolist(), days(said["left_on"]).tolist(), strict=True))
    until = NEVER if book.as_of is None else (book.as_of - dt.date(1970, 1, 1)).days
    place = np.array([n for n, one in enumerate(zip(of_customer.tolist(), end.tolist(), strict=True))
                      if one[1] <= until and one not in told], dtype=np.int64)
    place = place[np.argsort(-end[place], kind="stable")]
    left = pd.to_datetime(pd.Series(end[place]), unit="D").astype("datetime64[s]")
    return _unexplained(book, of_customer[place], left, mrr_on(book, of_customer[place], end[place] - 1) / MICRO)


def _unexplained(book: Book, customer: Ints, left_on: pd.Series, lost: np.ndarray) -> pd.DataFrame:
    who = book.customers.iloc[customer][["customer_id", "customer_name"]].reset_index(drop=True)
    return who.assign(cancelled_on=left_on, reason=None, comment=None, left_on=left_on, mrr_lost=lost)


def _spell_of(book: Book, customer: Ints, stated: Ints) -> Ints:
    """The run of active days that each reason speaks of: the one whose end is nearest to it; -1 where none ended so.

    Of several reasons for one end the nearest has it.
    """
    of_customer, _begin, end = book.ledger.spells
    known = pd.DataFrame({"customer": of_customer, "end": end, "spell": np.arange(len(end))})
    asked = pd.DataFrame({"row": np.arange(len(customer)), "customer": customer, "stated": stated})
    pairs = asked.merge(known[known["end"] < NEVER], on="customer")
    away = pairs["end"] - pairs["stated"]
    pairs = pairs.assign(away=away.abs())[(away <= BEFORE_END) & (away >= -AFTER_END)]
    pairs = pairs.sort_values(["away", "row"]).drop_duplicates("row").drop_duplicates("spell")
    spell = np.full(len(customer), -1, dtype=np.int64)
    spell[pairs["row"].to_numpy()] = pairs["spell"].to_numpy()
    return spell


def _ends_and_losses(book: Book, spell: Ints) -> tuple[pd.Series, np.ndarray]:
    """The day on which each run ended, and the MRR of the day before."""
    of_customer, _begin, end = book.ledger.spells
    lost = np.zeros(len(spell), dtype=np.int64)
    ends = np.full(len(spell), NEVER, dtype=np.int64)
    is_known = np.flatnonzero(spell >= 0)
    ends[is_known] = end[spell[is_known]]
    lost[is_known] = mrr_on(book, of_customer[spell[is_known]], ends[is_known] - 1)
    dates = [pd.Timestamp(date_of(int(day))) if day < NEVER else pd.NaT for day in ends]
    return pd.Series(dates, dtype="datetime64[s]").set_axis(range(len(spell))), lost / MICRO


def _flagged(book: Book, rows: pd.DataFrame) -> tuple[pd.Series, np.ndarray]:
    """Of a list without dates: no day, and what the customer paid if it is flagged, for its first reason."""
    assert book.snapshot is not None
    lost = (book.snapshot.opening - book.snapshot.closing)[book.codes(rows["customer_id"])] / MICRO
    is_first = ~rows["customer_id"].duplicated().to_numpy()
    return pd.Series(pd.NaT, index=range(len(rows)), dtype="datetime64[s]"), lost * is_first


def mrr_on(book: Book, customer: Ints, day: Ints) -> Ints:
    """MRR of customers at the closing of days, pair by pair, in 10^-6 currency; at least 0."""
    ledger = book.ledger
    rows = pd.DataFrame({"customer": ledger.customer, "start": ledger.start, "end": ledger.end, "mrr": ledger.mrr})
    asked = pd.DataFrame({"place": np.arange(len(customer)), "customer": customer, "day": day})
    pairs = asked.merge(rows, on="customer")
    active = pairs[(pairs["start"] <= pairs["day"]) & (pairs["day"] < pairs["end"])]
    total = np.zeros(len(customer), dtype=np.int64)
    np.add.at(total, active["place"].to_numpy(), active["mrr"].to_numpy())
    return np.maximum(total, 0)


def reasons(found: pd.DataFrame, segment: pd.Series | None = None) -> pd.DataFrame:
    """How many left for each reason and what was lost, the largest loss first.

    found : as `departures`; segment : what each of its rows belongs to (see `segments_of`), by which to cut as well
    returns : reason (None: none stated), [segment,] customers, mrr_lost, share (of the whole MRR lost; NaN where none
        was lost)
    """
    frame = found if segment is None else found.assign(segment=segment.to_numpy())
    keys = ["reason"] if segment is None else ["reason", "segment"]
    grouped = frame.groupby(keys, dropna=False, sort=False).agg(
        customers=("customer_id", "nunique"), mrr_lost=("mrr_lost", "sum")).reset_index()
    whole = grouped["mrr_lost"].sum()
    share = grouped["mrr_lost"] / whole if whole else np.nan
    ordered = grouped.assign(share=share).sort_values(["mrr_lost", "customers"], ascending=False, kind="stable")
    return ordered.astype({"reason": object}).reset_index(drop=True)


def known_reasons(book: Book) -> list[str]:
    """The different reasons that were ever stated, the most frequent first."""
    table = book.tables.get("cancellations")
    if table is None or "reason" not in table:
        return []
    return [str(one) for one in table["reason"].dropna().astype(str).value_counts().index]


def segments_of(book: Book, found: pd.DataFrame, by: str) -> pd.Series:
    """The segment of each departure; a contract's field is taken on the day before the customer left."""
    field = segment_field(book, by)
    code = book.codes(found["customer_id"])
    if field.source == "customers":
        return _texts(book.customers[field.column], code)
    if field.source == "start":
        return _texts(starts(book, field.column), code)
    return _of_contracts(book, field, code, found)


def still_there(book: Book, found: pd.DataFrame) -> int:
    """How many customers stated a reason and have not left by their contracts, or by the flag of a list."""
    if book.snapshot is not None:
        return int(book.snapshot.is_there[np.unique(book.codes(found["customer_id"]))].sum())
    return int(found["left_on"].isna().groupby(found["customer_id"]).all().sum())


def of_segment(book: Book, found: pd.DataFrame, segment: Segment | None) -> pd.DataFrame:
    """Those departures whose customer was in a segment; all where none is given."""
    if segment is None or found.empty:
        return found
    value = segments_of(book, found, segment.field)
    is_in = value.isna() if segment.value is None else value == segment.value
    return found[is_in.to_numpy(dtype=bool)].reset_index(drop=True)


def _texts(values: pd.Series, code: Ints) -> pd.Series:
    value, names = coded(values)
    named = np.array([*names, None], dtype=object)
    return pd.Series(named[value[code]])


def _of_contracts(book: Book, field: SegmentField, code: Ints, found: pd.DataFrame) -> pd.Series:
    """The value with the largest MRR on the last active day, ties by name."""
    ledger = book.ledger
    value, names = coded(book.counted[field.column].iloc[:len(ledger.customer)])
    rows = pd.DataFrame({"customer": ledger.customer, "start": ledger.start, "end": ledger.end, "mrr": ledger.mrr,
                         "value": value})
    day = days(found["left_on"].fillna(found["cancelled_on"])) - 1
    asked = pd.DataFrame({"place": np.arange(len(code)), "customer": code, "day": day})
    pairs = asked.merge(rows, on="customer")
    active = pairs[(pairs["start"] <= pairs["day"]) & (pairs["day"] < pairs["end"])]
    summed = active.groupby(["place", "value"])["mrr"].sum().reset_index()
    leading = summed.sort_values(["place", "mrr", "value"], ascending=[True, False, True]).drop_duplicates("place")
    result = np.full(len(code), None, dtype=object)
    named = np.array([*names, None], dtype=object)
    result[leading["place"].to_numpy()] = named[leading["value"].to_numpy()]
    return pd.Series(result)


def is_about_features(reason: object) -> bool:
    """Whether a reason names something that the developers of the service can change.

    >>> is_about_features("機能不足"), is_about_features("Missing integration"), is_about_features("予算削減")
    (True, True, False)
    """
    word = str(reason or "").casefold()
    return any(f" {one}" in f" {word}" if one.isascii() else one in word for one in FEATURE_WORDS)
