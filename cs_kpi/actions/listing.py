"""Lists of the actions page, words in one language: the queue, who moves between tiers, goals, and what worked.

Customer lists keep the names of their columns; the labels name them for the reader (see kpi/listing.py).
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from babel.numbers import get_currency_precision

from cs_kpi.actions.effects import Effect
from cs_kpi.actions.matching import Matched
from cs_kpi.actions.proposals import fitting
from cs_kpi.actions.queue import Basis, Queue
from cs_kpi.actions.records import Action, Playbook, Run
from cs_kpi.actions.touch import TIERS, Load
from cs_kpi.book import date_of
from cs_kpi.health.score import NO_BAND
from cs_kpi.health.words import banded
from cs_kpi.ledger import NEVER
from cs_kpi.locale import Language, Message, _, shown
from cs_kpi.locale.formats import formatted
from cs_kpi.tables import VALUE_LABELS

MOST_ROWS = 200
"""Of the queue; a list of thousands is no list of what to do."""
QUEUE_LABELS: dict[str, Message] = {
    "reason": _("Main reason"), "playbook": _("What to do"), "at_stake": _("MRR at stake"),
    "signals": _("What happened"), "risk": _("Risk"),
    "changeable": _("Can be changed"), "band": _("Band"), "renewal": _("Next renewal"),
    "open_actions": _("Open actions")}
RISK_LABELS: dict[Basis, Message] = {
    "risk": _("Churn risk"), "health": _("100 - health score"), "triggers": _("Share of warnings")}
TIER_LABELS = tuple(VALUE_LABELS["touch_model"][tier] for tier in TIERS)
NO_TIER = _("none")
MOVED_LABELS = {"before": _("Until now"), "after": _("Then")}
NOT_MET_LABELS = {"count": _("Contacts"), "last_contact": _("Last contact")}
NOBODY = _("Nobody")


def queue_table(found: Queue, language: Language, actions: Iterable[Action] = (), most: int = MOST_ROWS,
                playbooks: Mapping[str, Playbook] | None = None, runs: Iterable[Run] = ()) -> pd.DataFrame:
    """The first of the queue; `at_stake` in currency, `risk` and `changeable` 0..1; `playbook` is what runs, else what
    fits. Columns that say nothing are left out."""
    book, today = found.today.book, found.today
    code = found.customer[:most]
    busy = Counter(one.customer_id for one in actions if one.status == "open")
    ids = book.customer_ids[code]
    places = range(len(code))
    frame = pd.DataFrame({
        "customer_id": ids, "customer_name": book.customers["customer_name"].to_numpy()[code],
        "at_stake": found.priority[:most], "reason": [shown(found.reason(place) or "", language) for place in places],
        "signals": [shown(found.signals(place), language) or None for place in places],
        "risk": found.risk[:most], "changeable": found.changeable[:most],
        "band": [None if today.band[one] == NO_BAND else banded(int(today.band[one])).text(language) for one in code],
        "renewal": [date_of(int(today.renewal[one])) if today.renewal[one] < NEVER else None for one in code],
        "open_actions": [busy.get(str(one), 0) for one in ids],
        "playbook": _what_to_do(found, len(code), playbooks or {}, runs, language)})
    if book.has("customers.owner"):
        frame["owner"] = [today.owner[one] or None for one in code]
    if not found.has_money:
        return frame.drop(columns="at_stake")
    decimals = get_currency_precision(book.currency) if book.currency else 2
    return frame.assign(at_stake=frame["at_stake"].round(decimals), mrr=found.mrr[:most])


def _what_to_do(found: Queue, most: int, playbooks: Mapping[str, Playbook], runs: Iterable[Run], language: Language
                ) -> list[str | None]:
    """Of each of the first customers the playbooks under way, else the name of the one that fits."""
    under_way: dict[str, list[str]] = {}
    for one in runs:
        if one.state == "running":
            under_way.setdefault(one.customer_id, []).append(one.name)
    said: list[str | None] = []
    for place in range(most):
        names = under_way.get(str(found.today.book.customer_ids[found.customer[place]]))
        key = fitting(found, place, playbooks)
        said.append(_("under way: {names}", names=names).text(language) if names
                    else playbooks[key].name if key else None)
    return said


def queue_labels(found: Queue, frame: pd.DataFrame) -> dict[str, Message]:
    """What the columns are called; risk by what it is. Where warnings rank, what happened is the reason."""
    named = {**QUEUE_LABELS, "risk": RISK_LABELS[found.basis]}
    if found.basis == "triggers":
        del named["changeable"], named["reason"]
        named = {"signals": named["signals"], **named}
    return {name: label for name, label in named.items() if name in frame and frame[name].notna().any()}


def loads_table(loads: Sequence[Load], language: Language, currency: str | None) -> pd.DataFrame:
    """What each CSM carries, one row each; the load as a share, 0..1, NaN for customers of nobody."""
    columns: dict[Message, list[object]] = {
        _("CSM"): [one.owner or NOBODY.text(language) for one in loads]}
    for place, label in enumerate(TIER_LABELS):
        columns[label] = [one.customers[place] for one in loads]
    columns[_("MRR")] = [one.mrr for one in loads]
    columns[_("Load")] = [one.share for one in loads]
    return pd.DataFrame({name.text(language): values for name, values in columns.items()})


def moved_table(frame: pd.DataFrame, language: Language) -> pd.DataFrame:
    """`touch.moved` with tiers in words."""
    words = {place: label.text(language) for place, label in enumerate(TIER_LABELS)} | {-1: NO_TIER.text(language)}
    return frame.assign(before=frame["before"].map(words), after=frame["after"].map(words))


def owners_table(frame: pd.DataFrame, language: Language) -> pd.DataFrame:
    """`goals.by_owner` with its columns named."""
    heads = {"owner": _("CSM"), "customers": _("Customers"), "met": _("Goal reached"), "share": _("Share reached"),
             "contacts": _("Contacts")}
    named = frame.assign(owner=frame["owner"].replace("", NOBODY.text(language)))
    return named[list(heads)].rename(columns={name: head.text(language) for name, head in heads.items()})


def effects_table(found: Sequence[Effect], language: Language) -> pd.DataFrame:
    """What followed each treatment: how many, who left of them and of customers like them, and the difference."""
    def share(value: float) -> str:
        return formatted(value, "share", language)

    rows = [(one, one.found) for one in found]
    columns: dict[Message, list[object]] = {
        _("Treatment"): [one.name for one, _found in rows],
        _("Difference"): [difference(m).text(language) if m and m.is_told else None for _one, m in rows],
        _("What it says"): [shown(verdict(one), language) for one, _found in rows],
        _("Treated, left"): [share(m.rate) if m and m.is_told else None for _one, m in rows],
        _("Like them, left"): [share(m.expected) if m and m.is_told else None for _one, m in rows],
        _("n (customer-months)"): [m.treated if m else 0 for _one, m in rows],
        _("n (customers)"): [m.customers if m else 0 for _one, m in rows],
        _("n of those like them"): [m.untreated if m else 0 for _one, m in rows]}
    return pd.DataFrame({name.text(language): values for name, values in columns.items()})


def difference(found: Matched) -> Message:
    """In points, with the interval."""
    points = [f"{value * 100:+.1f}" for value in (found.difference, found.low, found.high)]
    return _("{difference} pt ({low} to {high})", difference=points[0], low=points[1], high=points[2])


def verdict(one: Effect) -> Message:
    """The difference as a sentence, which never says that one was the cause of the other."""
    if one.reason is not None or one.found is None:
        return one.reason or Message("")
    if not one.found.excludes_zero:
        return _("Within noise: the interval holds zero.")
    return _("Left less often than customers like them.") if one.found.high < 0 else _(
        "Left more often than customers like them. Often it is those in trouble who are called.")


def balance_words(found: Matched) -> Message:
    """How alike the groups were in risk and MRR, and how many were left out."""
    before, after = ([f"{getattr(one, side):+.2f}" if not math.isnan(getattr(one, side)) else "–"
                      for one in found.balance] for side in ("before", "after"))
    return _("Risk was apart by {risk} standard deviations before matching and by {risk_after} after it, MRR by {mrr} "
             "and {mrr_after}. {n} treated customer-months had nobody like them and are left out.",
             risk=before[0], risk_after=after[0], mrr=before[1], mrr_after=after[1], n=found.left_out)


def load_sentence(loads: Sequence[Load]) -> Message | None:
    """Who carries more than there is time for; None where nobody does."""
    over = [one.owner for one in loads if one.owner and one.share > 1]
    return _("More than their time allows: {names}.", names=over) if over else None


def tier_counts(tier: np.ndarray, mrr: np.ndarray) -> list[tuple[Message, int, float]]:
    """Label, customers and MRR of every tier."""
    return [(label, int((tier == place).sum()), float(mrr[tier == place].sum()))
            for place, label in enumerate(TIER_LABELS)]


def owners_in(found: Queue) -> list[str]:
    """The CSMs of the queue, by name."""
    return sorted({found.today.owner[code] for code in found.customer} - {""})


def renewal_months(found: Queue) -> dict[int, dt.date]:
    """The months in which terms of the queue run out: months since 1970 -> their first day."""
    days = found.today.renewal[found.customer]
    months = np.unique(days[days < NEVER].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64))
    return {int(month): date_of(int(np.datetime64(int(month), "M").astype("datetime64[D]").astype(np.int64)))
            for month in months}
