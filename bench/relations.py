"""How many pairs of KPIs are shown as related in books in which nothing drives anything: at most 5 % may be.

python -m bench.relations                 200 books, some minutes; then series that trend, wander and have habits
python -m bench.relations --books 20      the first of them
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

import numpy as np

BOOKS, SERIES, KPIS_BESIDE = 200, 200, 10
ALLOWED = 0.05
Draw = Callable[[np.random.Generator, int], np.ndarray]


def wandering(habit: float, drift: float = 0.0) -> Draw:
    """A series that goes on from where it was; habit 0: noise alone."""
    def drawn(draw: np.random.Generator, length: int) -> np.ndarray:
        values = np.zeros(length)
        for place in range(1, length):
            values[place] = habit * values[place - 1] + drift + draw.normal()
        return values
    return drawn


SHAPES: dict[str, Draw] = {
    "noise": wandering(0.0), "habit of 0.7": wandering(0.7), "random walk": wandering(1.0),
    "random walk with growth": wandering(1.0, 0.5),
    "growth and noise": lambda draw, length: np.arange(length) * 0.3 + draw.normal(size=length),
    "heavy tails": lambda draw, length: draw.standard_t(2, size=length),
    "small counts": lambda draw, length: draw.poisson(2, size=length) * 1.0}


def of_books(books: int, months: int) -> tuple[int, int, int]:
    """Pairs shown as related, pairs looked at, and books with at least one."""
    from cs_kpi.targets.relations import relations
    from tests.targets.independent import DRIVERS, independent

    shown = pairs = touched = 0
    for seed in range(books):
        found = [one for one in relations(independent(seed, months), "customer_churn_rate", DRIVERS) if one.found]
        stands = sum(one.verdict in ("with", "against") for one in found)
        shown, pairs, touched = shown + stands, pairs + len(found), touched + bool(stands)
    return shown, pairs, touched


def of_series(shape: Draw, length: int) -> tuple[int, int, int]:
    """The same of series, ten beside one."""
    from cs_kpi.targets.correlation import correlations, held_back

    shown = pairs = touched = 0
    for seed in range(SERIES):
        draw = np.random.default_rng(seed)
        kgi = shape(draw, length)
        tried = [correlations(shape(draw, length), kgi) for _one in range(KPIS_BESIDE)]
        stands = sum(held_back([min(1.0, min(one.p for one in lags) * len(lags)) for lags in tried if lags]))
        shown, pairs, touched = shown + stands, pairs + sum(map(bool, tried)), touched + bool(stands)
    return shown, pairs, touched


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--books", type=int, default=BOOKS)
    books = options.parse_args().books
    print("| what | months | tried | pairs | shown as related | share | tried with any |")
    print("| --- | --: | --: | --: | --: | --: | --: |")
    rows = [("books without relations", months, books, of_books(books, months)) for months in (30, 48)]
    rows += [(name, length, SERIES, of_series(shape, length)) for name, shape in SHAPES.items() for length in (30, 60)]
    for name, months, tried, (shown, pairs, touched) in rows:
        print(f"| {name} | {months} | {tried} | {pairs} | {shown} | {shown / pairs:.1%} | {touched / tried:.1%} |")
    if any(shown > ALLOWED * pairs for _name, _months, _tried, (shown, pairs, _touched) in rows):
        raise SystemExit("more than 5 % of pairs without a relation are shown as related")


if __name__ == "__main__":
    main()
