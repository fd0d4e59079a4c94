"""From amounts by series and month to intervals of equal MRR: bills spread, gaps carried over, runs joined."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cs_kpi.ingest.log import Log
from cs_kpi.locale import Message, _

NO_ENTRIES = np.array([], dtype=np.int64)
STRIDES = (3, 6, 12)
YEAR = 12
MANY = 0.1
AMOUNTS_ARE: dict[str, Message] = {"mrr": _("MRR of that month"),
                                   "billed": _("a bill for the months up to the next one")}
GAP_MEANS: dict[str, Message] = {"carry": _("the same contracts as in the month before"),
                                 "none": _("nobody was under contract")}


def intervals(entries: pd.DataFrame, observed: np.ndarray, label: str, log: Log) -> pd.DataFrame:
    """start_date, end_date and mrr of each run of equal amounts in consecutive months, indexed by row.

    entries : series, month (since 1970), row, value, where it is not 0; several of one series and month are added up
    observed : the months that the sheet speaks of, for instance its columns
    label : what the questions are about

    A run that reaches the last month has no end. Sets `log.months`.
    """
    entries = _added_up(_past(entries, log))
    observed = np.unique(observed[observed <= _this_month(log)])
    entries = _added_up(_spread(entries, observed, label, log))
    if not len(entries):
        return pd.DataFrame({"start_date": _days(NO_ENTRIES), "end_date": _days(NO_ENTRIES), "mrr": np.array([])})
    present = np.unique(entries["month"].to_numpy())
    _note_blank_edges(observed, present, log)
    slots = np.union1d(present, _empty_months(present, log))
    first, after = (pd.Timestamp(day) for day in _days(np.array([present[0], present[-1] + 1])))
    log.months = first.date(), (after - pd.Timedelta(days=1)).date()
    return _runs(entries, slots)


def _this_month(log: Log) -> int:
    return int(np.datetime64(log.today, "M").astype(np.int64))


def _past(entries: pd.DataFrame, log: Log) -> pd.DataFrame:
    """Without months that are still to come, which are plans and no facts."""
    ahead = entries["month"] > _this_month(log)
    if ahead.any():
        log.note(_("Months after {month} lie in the future and were left out: {count} amounts.",
                   month=str(np.datetime64(log.today, "M")), count=int(ahead.sum())))
    return entries[~ahead]


def _added_up(entries: pd.DataFrame) -> pd.DataFrame:
    """One entry per series and month, in this order, to millionths as the Book keeps them; none that is 0."""
    summed = entries.groupby(["series", "month"], as_index=False, sort=True).agg({"row": "first", "value": "sum"})
    summed["value"] = summed["value"].round(6)
    return summed[summed["value"] != 0].reset_index(drop=True)


def _spread(entries: pd.DataFrame, observed: np.ndarray, label: str, log: Log) -> pd.DataFrame:
    """Amounts that stand in one month of every three, six or twelve, spread over these where they are bills."""
    stride = _strides(entries, observed)
    is_billed = stride > 0
    count, total = int(is_billed.sum()), len(stride)
    if not count:
        return entries
    text = _("{count} of {total} customers have an amount in only one month of every three, six or twelve. What are "
             "these amounts?", count=count, total=total)
    if log.ask("billed", label, text, AMOUNTS_ARE, "billed" if count > total / 2 else "mrr") == "mrr":
        return entries
    times = entries["series"].map(stride).clip(lower=1).to_numpy(dtype=np.int64)
    step = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    longer = entries.loc[entries.index.repeat(times)]
    longer = longer.assign(month=longer["month"] + step, value=longer["value"] / np.repeat(times, times))
    return longer[longer["month"] <= observed.max()]


def _strides(entries: pd.DataFrame, observed: np.ndarray) -> pd.Series:
    """Months from bill to bill per series; 0 where the amounts show no such pattern.

    Two bills show it, or a single one in a table that speaks of twelve months; single ones alone must be many, since a
    customer of one month looks the same.
    """
    month = entries["month"].to_numpy()
    place = np.searchsorted(observed, month)
    steps = entries.assign(step=month, place=place).groupby("series")[["step", "place"]].diff()
    by_series = steps.assign(series=entries["series"]).groupby("series")
    low, high, apart = by_series["step"].min(), by_series["step"].max(), by_series["place"].min()
    regular = low.where((low == high) & (apart == low) & low.isin(STRIDES), 0).fillna(0).astype(np.int64)
    first = entries.groupby("series")["month"].agg(["min", "size"])
    is_single = (first["size"] == 1) & (first["min"] <= month.max(initial=0) - min(STRIDES)) \
        if len(observed) >= YEAR else pd.Series(False, index=first.index)
    is_counted = bool((regular == YEAR).any()) or is_single.sum() > MANY * len(first)
    return regular.mask(is_single, YEAR) if is_counted else regular


def _note_blank_edges(observed: np.ndarray, present: np.ndarray, log: Log) -> None:
    blank = [str(month.astype("datetime64[M]")) for month in observed if not present[0] <= month <= present[-1]]
    if blank:
        log.note(_("Months before the first and after the last amount say nothing and were left out: {months}.",
                   months=blank))


def _empty_months(present: np.ndarray, log: Log) -> np.ndarray:
    """Months between others in which nobody has an amount, as far as the user says that nobody was under contract;
    the others are bridged as if they were not there."""
    empty = np.setdiff1d(np.arange(present[0], present[-1]), present)
    none = []
    for months in np.split(empty, np.flatnonzero(np.diff(empty) > 1) + 1) if len(empty) else []:
        first, last = (str(month.astype("datetime64[M]")) for month in months[[0, -1]])
        text = _("No customer has an amount in {month}. What does this mean?", month=first) if first == last else _(
            "No customer has an amount from {first} to {last}. What does this mean?", first=first, last=last)
        if log.ask("gap", first, text, GAP_MEANS, "carry") == "none":
            none.append(months)
            continue
        log.note(_("{month} has no amounts: the contracts of the month before were carried over.", month=first)
                 if first == last else _("{first} to {last} have no amounts: the contracts of the month before were "
                                         "carried over.", first=first, last=last))
    return np.concatenate(none) if none else NO_ENTRIES


def _runs(entries: pd.DataFrame, slots: np.ndarray) -> pd.DataFrame:
    """Runs of equal amounts in neighbouring slots of time; each slot lasts until the next begins."""
    series, value = entries["series"].to_numpy(), entries["value"].to_numpy()
    place = np.searchsorted(slots, entries["month"].to_numpy())
    begins = np.append(True, (series[1:] != series[:-1]) | (place[1:] != place[:-1] + 1) | (value[1:] != value[:-1]))
    first = np.flatnonzero(begins)
    after = place[np.append(first[1:], len(place)) - 1] + 1
    ends = np.append(_days(slots), np.datetime64("NaT", "s"))[after]
    return pd.DataFrame({"start_date": _days(slots)[place[first]], "end_date": ends, "mrr": value[first]},
                        index=entries["row"].to_numpy()[first]).sort_index(kind="stable")


def _days(months: np.ndarray) -> np.ndarray:
    """The first days of months since 1970."""
    return months.astype("datetime64[M]").astype("datetime64[s]")
