"""The migration guard: many customers that end while as many start are probably the same ones under new ids.

In an ordinary month some leave and others come, often on the same days, since contracts end with a month. It takes more
to be asked about:

- by name: at least 3 of those who end on a day have their very name again, under another id, among those who start on
  that day or the next (or within the grace of renewals), and they are at least half of those who end. Nobody who leaves
  comes back by the next day under the same name.
- by amount, where no names can be compared: at least 10 customers, at least a fifth of all who were active, end on one
  day, and at least 8 in 10 of them have an amount that starts again then. A team that truly lost a fifth in a day would
  not win as many contracts of the same amounts overnight; below a fifth, equal list prices meet by chance.
- by amount, fewer (at least 4): where every one that ends starts again with an amount that no other of that day has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

import pandas as pd

from cs_kpi.identity.directory import Directory
from cs_kpi.identity.names import bare, reading
from cs_kpi.identity.records import Pair, pair

By = Literal["name", "furigana", "amount"]
BY: tuple[By, ...] = get_args(By)
"""What speaks for a pair, the most first."""
FEWEST_BY_NAME, SHARE_BY_NAME = 3, 0.5
FEWEST_WHEN_COMPLETE = 4
FEWEST_BY_AMOUNT, SHARE_BY_AMOUNT, SHARE_OF_ACTIVE = 10, 0.8, 0.2


@dataclass(frozen=True, slots=True)
class Move:
    """A customer that ends and one that starts. `alike`: how many pairs of that day have this amount, where it is all
    that speaks for them; with more than one, who is who is told by the order of ids."""

    old: str
    new: str
    by: By
    alike: int = 1


@dataclass(frozen=True, slots=True)
class Migration:
    """A day on which customers probably got new ids.

    ended, started : how many customers ended on that day, and started on it or right after
    active : how many were active before it
    """

    day: pd.Timestamp
    moves: tuple[Move, ...]
    ended: int
    started: int
    active: int


def migrations(lives: pd.DataFrame, known: Directory, readings: dict[str, tuple[str, ...]], grace_days: int,
               declined: Iterable[Pair] = ()) -> list[Migration]:
    """The probable migrations, by day.

    lives : index customer_id; `start` first day with MRR, `end` day from which there is none for good (NaT while it
        runs), `first_mrr`, `last_mrr`
    declined : sorted pairs that are two customers
    """
    barred = frozenset(declined)
    found = []
    for day, ended, started, active in _days(lives, grace_days):
        moves = _moves(lives, ended, started, active, known, readings, barred)
        if moves:
            in_order = sorted(moves, key=lambda move: (BY.index(move.by), move.alike, move.old))
            found.append(Migration(day, tuple(in_order), len(ended), len(started), active))
    return found


def _days(lives: pd.DataFrame, grace_days: int) -> Iterator[tuple[pd.Timestamp, list[str], list[str], int]]:
    """Days on which several end: who ends, who starts then or right after, and how many were active before."""
    ends, starts = lives["end"].dropna().sort_values(), lives["start"].dropna().sort_values()
    for day, ended in ends.groupby(ends).groups.items():
        until = day + pd.Timedelta(days=max(1, grace_days))
        first, last = starts.searchsorted(day), starts.searchsorted(until, side="right")
        if len(ended) >= FEWEST_BY_NAME <= last - first:
            gone = set(ended)
            started = [key for key in starts.index[first:last] if key not in gone]
            yield pd.Timestamp(day), sorted(ended), sorted(started), int(first - ends.searchsorted(day))


def _moves(lives: pd.DataFrame, old: list[str], new: list[str], active: int, known: Directory,
           readings: dict[str, tuple[str, ...]], barred: frozenset[Pair]) -> list[Move]:
    """Who goes on as whom, where it is enough for a migration."""
    ended = len(old)
    by_name = [Move(one, other, "name") for one, other in
               _same(old, new, lambda key: {bare(name) for name in known.names(key)}, barred)]
    old, new = _left(old, new, by_name)
    by_kana = [Move(one, other, "furigana") for one, other in
               _same(old, new, lambda key: {reading(kana) for kana in readings.get(key, ())}, barred)]
    named = [*by_name, *by_kana]
    fewest = max(FEWEST_BY_AMOUNT, SHARE_BY_AMOUNT * ended, SHARE_OF_ACTIVE * active)
    if ended >= min(fewest, FEWEST_WHEN_COMPLETE):
        by_amount = [move for move in _same_amounts(lives, *_left(old, new, by_kana))
                     if not (known.listed.get(move.old) and known.listed.get(move.new))
                     and pair(move.old, move.new) not in barred]
        if len(named) + len(by_amount) >= fewest or _is_complete([*named, *by_amount], ended, active):
            return [*named, *by_amount]
    return named if len(named) >= max(FEWEST_BY_NAME, SHARE_BY_NAME * ended) else []


def _is_complete(moves: list[Move], ended: int, active: int) -> bool:
    """Whether fewer customers will do: every one that ends goes on as another, told by an amount that no other has."""
    return len(moves) == ended >= max(FEWEST_WHEN_COMPLETE, SHARE_OF_ACTIVE * active) and all(
        move.alike == 1 for move in moves)


def _left(old: list[str], new: list[str], moves: list[Move]) -> tuple[list[str], list[str]]:
    gone, came = {move.old for move in moves}, {move.new for move in moves}
    return [one for one in old if one not in gone], [one for one in new if one not in came]


def _same(old: list[str], new: list[str], forms: Callable[[str], set[str]], barred: frozenset[Pair]) -> Iterator[Pair]:
    """Pairs that have a form in common which nobody else on either side has."""
    before, after = _only(old, forms), _only(new, forms)
    taken: set[str] = set()
    for form in sorted(before.keys() & after.keys()):
        one, other = before[form], after[form]
        if not {one, other} & taken and pair(one, other) not in barred:
            taken |= {one, other}
            yield one, other


def _only(ids: list[str], forms: Callable[[str], set[str]]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for key in ids:
        for form in forms(key):
            found.setdefault(form, []).append(key)
    return {form: keys[0] for form, keys in found.items() if len(keys) == 1}


def _same_amounts(lives: pd.DataFrame, old: list[str], new: list[str]) -> Iterator[Move]:
    """Pairs with the same MRR before and after; where several have it, in the order of ids."""
    before, after = lives.loc[old, "last_mrr"].round(2), lives.loc[new, "first_mrr"].round(2)
    left, right = (amounts.groupby(amounts).groups for amounts in (before, after))
    for amount in sorted(left.keys() & right.keys()):
        alike = max(len(left[amount]), len(right[amount]))
        for one, other in zip(sorted(left[amount]), sorted(right[amount]), strict=False):
            yield Move(str(one), str(other), "amount", alike)
