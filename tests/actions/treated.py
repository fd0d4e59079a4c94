"""Generated books in which some customers are called: more of those who use little, with a known effect or none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cs_kpi.book import Book
from cs_kpi.settings import Settings

FIRST = np.datetime64("2022-01")
HELPS_MONTHS = 3
DRAWS = 400


@dataclass(frozen=True)
class Truth:
    """A book, and what calls did to it.

    effect : mean change of the probability to leave within three months, over those who were newly called in a month
        and still there at its end, by the generator's own hazards
    """

    book: Book
    effect: float


def called(seed: int, strength: float = 0.0, customers: int = 400, months: int = 30) -> Truth:
    """Customers whose hazard depends on their mood, which shows in what they use. Calls go to who used little in the
    month before, and to who pays much; each multiplies the hazard of its month and the two that follow by
    exp(-strength)."""
    random = np.random.default_rng(seed)
    came, mood = random.integers(0, months // 2, customers), random.normal(0, 1, customers)
    mrr = np.round(random.lognormal(5, 0.6, customers))
    gone, use = np.full(customers, months + 1), np.zeros((months, customers))
    call, moods = np.zeros((months, customers), dtype=bool), np.zeros((months, customers))
    for month in range(months):
        mood = 0.9 * mood + 0.45 * random.normal(0, 1, customers)
        moods[month] = mood
        there = (came <= month) & (month < gone)
        use[month] = np.where(there, _used(random, mood), 0)
        if month:
            call[month] = there & (came < month) & _called(random, use[month - 1], mrr)
        hazard = _hazard(mood, call[max(0, month - HELPS_MONTHS + 1):month + 1].any(axis=0), strength)
        gone = np.where(there & (random.random(customers) < hazard), month + 1, gone)
    truth = _truth(call, moods, came, gone, mrr, strength, random) if strength else 0.0
    return Truth(_book(random, came, gone, mrr, use, call), truth)


def _hazard(mood: np.ndarray, is_called: np.ndarray, strength: float) -> np.ndarray:
    return np.exp(-strength * is_called) / (1 + np.exp(3.0 + 1.0 * mood))


def _called(random: np.random.Generator, use_before: np.ndarray, mrr: np.ndarray) -> np.ndarray:
    wish = -3.4 - 0.8 * (np.log1p(use_before) - 2.5) + 0.3 * (np.log(mrr) - 5)
    return random.random(use_before.shape) < 1 / (1 + np.exp(-wish))


def _used(random: np.random.Generator, mood: np.ndarray) -> np.ndarray:
    return random.poisson(np.exp(2.5 + 0.6 * mood))


def _truth(call: np.ndarray, moods: np.ndarray, came: np.ndarray, gone: np.ndarray, mrr: np.ndarray, strength: float,
           random: np.random.Generator) -> float:
    """Draws of what would follow each new call, with it and without it, from the mood of its month on; either way the
    team goes on calling as it does."""
    changes = []
    for month in range(4, len(call) - HELPS_MONTHS):
        fresh = call[month] & ~call[month - 3:month].any(axis=0) & (came < month) & (gone > month)
        mood = np.repeat(moods[month, fresh][None, :], DRAWS, axis=0)
        stays, helped = np.ones((2, *mood.shape)), np.zeros((2, *mood.shape))
        helped[1] = HELPS_MONTHS
        for _ahead in range(HELPS_MONTHS):
            stays *= 1 - _hazard(mood, helped > 0, strength)
            again = _called(random, _used(random, mood), mrr[fresh])
            helped = np.where(again, HELPS_MONTHS, helped - 1)
            mood = 0.9 * mood + 0.45 * random.normal(0, 1, mood.shape)
        changes.append((stays[0] - stays[1]).mean(axis=0))
    return float(np.concatenate(changes).mean())


def _book(random: np.random.Generator, came: np.ndarray, gone: np.ndarray, mrr: np.ndarray, use: np.ndarray,
          call: np.ndarray) -> Book:
    """A contract that is left in a month ends in the middle of the next."""
    months, ids = len(use), np.array([f"C{number:04}" for number in range(len(came))], dtype=object)
    end = (FIRST + np.minimum(gone, months)).astype("datetime64[D]") + 14
    contracts = pd.DataFrame({
        "customer_id": ids, "start_date": (FIRST + came).astype("datetime64[s]"), "mrr": mrr,
        "end_date": np.where(gone < months, end, np.datetime64("NaT")).astype("datetime64[s]")})
    month, who = np.nonzero(use)
    used = pd.DataFrame({"customer_id": ids[who], "date": _days(random, month), "count": use[month, who]})
    month, who = np.nonzero(call)
    contacts = pd.DataFrame({"customer_id": ids[who], "date": _days(random, month), "kind": "call"})
    other, somebody = random.integers(0, months, 800), random.integers(0, len(ids), 800)
    mails = pd.DataFrame({"customer_id": ids[somebody], "date": _days(random, other), "kind": "mail"})
    last = ((FIRST + months).astype("datetime64[D]") - 1).astype(dt.date)
    tables = {"subscriptions": contracts, "usage": used, "interactions": pd.concat([contacts, mails])}
    return Book({name: frame.reset_index(drop=True) for name, frame in tables.items()}, Settings(as_of=last),
                today=last)


def _days(random: np.random.Generator, month: np.ndarray) -> np.ndarray:
    return ((FIRST + month).astype("datetime64[D]") + random.integers(0, 27, len(month))).astype("datetime64[s]")
