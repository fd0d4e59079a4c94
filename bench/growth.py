"""What growth reads back: expansion that follows full seats, B that follows A; and nothing where there is nothing.

python -m bench.growth                 seeds 0 to 199 of each kind of book, on all cores; a minute or two
python -m bench.growth --books 20      the first of them
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np

BOOKS = 200
ALLOWED = 0.08
"""5 % with what chance may add to so many books (two standard deviations)."""
READ_BACK = 0.95
ODD: dict[str, dict[str, Any]] = {"all alike": {}, "eager customers, popular products": {"is_uneven": True},
                                  "the same, with use of features": {"is_uneven": True, "with_use": True}}
FOLLOWS = 6.0
Numbers = tuple[bool, float, float, float, float]
"""Whether the verdict is "better than chance"; precision of the first 20, base rate, MRR expected and MRR that came."""


def seats(seed: int) -> Numbers:
    """A book in which full seats lead to more."""
    from cs_kpi.growth.backtest import upsell_backtest
    from cs_kpi.growth.past import past
    from tests.growth.given import grown

    return _numbers(upsell_backtest(past(grown(seed=seed))))


def no_seats(seed: int) -> Numbers:
    """A book in which nothing does; 3 % of the customers buy more in a month."""
    from cs_kpi.growth.backtest import upsell_backtest
    from cs_kpi.growth.past import past
    from tests.growth.given import grown

    return _numbers(upsell_backtest(past(grown(seed=seed, full=0.03))))


def after(seed: int) -> tuple[bool, int, Numbers]:
    """A book in which who has A takes B six times as often: whether that is found, how many other rules, the test."""
    from cs_kpi.growth.backtest import cross_sell_backtest
    from cs_kpi.growth.rules import mined
    from tests.growth.given import bought

    found = mined(bought(seed=seed, follows=FOLLOWS))
    named = [(found.of.name(one.thing), found.of.products[one.product]) for one in found.rules(len(found.closings) - 1)]
    return ("A", "B") in named, sum(pair != ("A", "B") for pair in named), _numbers(cross_sell_backtest(found))


def has_rule(told: tuple[int, str]) -> bool:
    """Whether random purchases yield a rule."""
    from cs_kpi.growth.rules import mined
    from tests.growth.given import bought

    seed, odd = told
    found = mined(bought(seed=seed, **ODD[odd]))
    return bool(found.rules(len(found.closings) - 1))


def _numbers(found: Any) -> Numbers:
    one, every = found.judged, found.tops[-1]
    return found.is_above, one.share, one.base, every.expected, every.brought


def said(name: str, found: Sequence[Numbers], above: int) -> str:
    """A row: means over books, with the interval of the mean."""
    precision, base, expected, brought = np.array([one[1:] for one in found]).T
    reach = 1.96 * precision.std(ddof=1) / np.sqrt(len(found))
    return (f"| {name} | {len(found)} | {above} | {precision.mean():.1%} | {precision.mean() - reach:.1%} to "
            f"{precision.mean() + reach:.1%} | {base.mean():.1%} | {precision.mean() / base.mean():.1f} | "
            f"{brought.sum() / expected.sum():.2f} |")


def main() -> None:
    from cs_kpi.shares import wilson

    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--books", type=int, default=BOOKS)
    books = options.parse_args().books
    os.environ["OMP_NUM_THREADS"] = "1"
    with ProcessPoolExecutor() as workers:
        full, silent = (list(workers.map(work, range(books))) for work in (seats, no_seats))
        pairs = list(workers.map(after, range(books)))
        odd = {name: sum(workers.map(has_rule, [(seed, name) for seed in range(books)])) for name in ODD}
    above = [sum(one[0] for one in found) for found in (full, [one[2] for one in pairs], silent)]
    print("| books | n | better than chance | precision, first 20 | 95 % interval | base rate | lift | "
          "came / expected |")
    print("| --- | --: | --: | --: | --: | --: | --: | --: |")
    print(said("full seats lead to more", full, above[0]))
    print(said("B follows A", [one[2] for one in pairs], above[1]))
    print(said("nothing leads to more", silent, above[2]))
    right, wrong = sum(one[0] for one in pairs), sum(one[1] for one in pairs)
    print(f"\nA -> B was found in {right} of {books} books, and {wrong} other rules in all of them together.\n")
    print("| random purchases | books | with a rule | share | 95 % interval |")
    print("| --- | --: | --: | --: | --: |")
    for name, count in odd.items():
        low, high = wilson(count, books)
        print(f"| {name} | {books} | {count} | {count / books:.1%} | {low:.1%} to {high:.1%} |")
    if min(above[0], above[1], right) < READ_BACK * books or max(above[2], *odd.values()) > ALLOWED * books:
        raise SystemExit("growth does not read back what was put in, or finds what was not")


if __name__ == "__main__":
    main()
