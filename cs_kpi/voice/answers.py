"""The answers that NPS and CSAT count, by name; and who did not answer."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import numpy as np
import pandas as pd

from cs_kpi.book import Book, date_of, day_of
from cs_kpi.kpi.behind import inside_of, moment_of
from cs_kpi.kpi.readings import Segment
from cs_kpi.ledger import MICRO
from cs_kpi.locale import Message, _
from cs_kpi.measures.moments import Moment
from cs_kpi.measures.voice import (
    DETRACTOR_TO,
    PROMOTER_FROM,
    ROUNDING,
    SATISFIED_FROM,
    Answers,
    csat_answers,
    latest,
    nps_answers,
)
from cs_kpi.periods import Period

Survey = Literal["nps", "csat"]
Group = Literal["promoter", "passive", "detractor", "satisfied", "other"]
GROUPS: dict[Survey, tuple[Group, ...]] = {"nps": ("promoter", "passive", "detractor"), "csat": ("satisfied", "other")}
GROUP_LABELS: dict[Group, Message] = {
    "promoter": _("Promoters (9 and 10)"), "passive": _("Passives (7 and 8)"), "detractor": _("Detractors (0 to 6)"),
    "satisfied": _("Satisfied"), "other": _("Not satisfied")}


def answers_of(book: Book, survey: Survey) -> Answers:
    """Every answer of a survey, by day."""
    return book.once(nps_answers if survey == "nps" else csat_answers)


def groups(found: Answers, survey: Survey) -> np.ndarray:
    """What each answer makes of its giver."""
    if survey == "csat":
        return np.where(found.share >= SATISFIED_FROM - ROUNDING, "satisfied", "other")
    return np.select([found.score >= PROMOTER_FROM, found.score <= DETRACTOR_TO], ["promoter", "detractor"], "passive")


def counted(book: Book, survey: Survey, now: Moment, segment: Segment | None = None) -> np.ndarray:
    """The places of the answers that the KPI counts in a period, of the customers of a segment."""
    found = answers_of(book, survey)
    part = found.part(now)
    chosen = latest(found, now) if survey == "nps" else np.arange(part.start, part.stop)
    return chosen[inside_of(now, "movement", segment)[found.customer[chosen]]]


def given(book: Book, survey: Survey, period: Period, segment: Segment | None = None) -> pd.DataFrame:
    """The counted answers of a period, the lowest first.

    returns : customer_id, customer_name, respondent, answered_on, score, scale, group, comment, owner (as far as
        known), mrr at the closing in currency, and where the row stands
    """
    now, found = moment_of(book, period, segment), answers_of(book, survey)
    place = counted(book, survey, now, segment)
    customer = found.customer[place]
    rows = book.surveys.iloc[found.row[place]]
    frame = pd.DataFrame({
        "customer_id": book.customer_ids[customer],
        "customer_name": book.customers["customer_name"].to_numpy()[customer],
        "answered_on": rows["answered_on"].to_numpy(), "score": found.score[place],
        "group": groups(found, survey)[place], "mrr": now.closing[customer] / MICRO})
    for column in ("respondent", "comment", "scale", "_file", "_sheet", "_row"):
        if column in rows:
            frame[column] = rows[column].to_numpy()
    if "owner" in book.customers:
        frame["owner"] = book.customers["owner"].to_numpy()[customer]
    ordered = frame.assign(_share=found.share[place]).sort_values(["_share", "mrr"], ascending=[True, False],
                                                                 kind="stable")
    return ordered.drop(columns="_share").reset_index(drop=True)


def silent(book: Book, survey: Survey, period: Period, segment: Segment | None = None) -> pd.DataFrame:
    """Customers at the closing who gave no answer in the period, the largest MRR first.

    returns : customer_id, customer_name, mrr in currency, last_answer (NaT: never answered), owner (where known)
    """
    now, found = moment_of(book, period, segment), answers_of(book, survey)
    part = found.part(now)
    has_answered = np.zeros(len(now.is_there), dtype=bool)
    has_answered[found.customer[part]] = True
    who = np.flatnonzero(now.is_there & ~has_answered & inside_of(now, "closing", segment))
    last = np.full(len(now.is_there), -1, dtype=np.int64)
    np.maximum.at(last, found.customer[:part.stop], found.day[:part.stop])
    frame = pd.DataFrame({
        "customer_id": book.customer_ids[who], "customer_name": book.customers["customer_name"].to_numpy()[who],
        "mrr": now.closing[who] / MICRO,
        "last_answer": [pd.Timestamp(date_of(int(day))) if day >= 0 else pd.NaT for day in last[who]]})
    if "owner" in book.customers:
        frame["owner"] = book.customers["owner"].to_numpy()[who]
    return frame.sort_values(["mrr", "customer_name"], ascending=[False, True], kind="stable").reset_index(drop=True)


def response_share(book: Book, survey: Survey, period: Period, segment: Segment | None = None) -> tuple[int, int]:
    """How many customers at the closing gave an answer in the period, and how many there are."""
    now, found = moment_of(book, period, segment), answers_of(book, survey)
    has_answered = np.zeros(len(now.is_there), dtype=bool)
    has_answered[found.customer[found.part(now)]] = True
    inside = now.is_there & inside_of(now, "closing", segment)
    return int((has_answered & inside).sum()), int(inside.sum())


def last_answered(book: Book, survey: Survey, period: Period) -> dt.date | None:
    """The day of the last answer up to the end of a period; None where there is none."""
    found = answers_of(book, survey)
    before = found.day[found.day <= day_of(period.end)]
    return date_of(int(before[-1])) if len(before) else None
