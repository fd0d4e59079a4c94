"""How often "did it work?" says so: of books without any effect at most about 5 %; of a known one it covers the truth.

python -m bench.matching                 seeds 0 to 199 without an effect, 0 to 59 with one, on all cores; a minute
python -m bench.matching --books 20      the first of them
"""

from __future__ import annotations

import argparse
import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial

BOOKS, WITH_EFFECT = 200, 60
STRENGTH = 1.0
ALLOWED, COVERED = 0.08, 0.85
"""5 % and 95 % with what chance may add to so many books (three standard deviations)."""


def judged(seed: int, strength: float) -> tuple[float, float, float, float]:
    """Difference, both ends of its interval, and the truth of one book."""
    os.environ["OMP_NUM_THREADS"] = "1"
    from cs_kpi.actions.effects import landmarks, of_contacts
    from tests.actions.treated import called

    truth = called(seed, strength)
    found = of_contacts(landmarks(truth.book), "call").found
    assert found is not None, "a book with too few calls is no test"
    assert found.is_told, "a book with too few calls is no test"
    return found.difference, found.low, found.high, truth.effect


def main() -> None:
    from cs_kpi.shares import wilson

    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--books", type=int, default=BOOKS)
    books = options.parse_args().books
    with ProcessPoolExecutor() as workers:
        silent = list(workers.map(partial(judged, strength=0.0), range(books)))
        known = list(workers.map(partial(judged, strength=STRENGTH), range(min(books, WITH_EFFECT))))
    wrong = sum(low > 0 or high < 0 for _difference, low, high, _truth in silent)
    covered = sum(low <= truth <= high for _difference, low, high, truth in known)
    print("| books | effect | its interval | share | 95 % interval | mean difference | mean truth |")
    print("| --: | --- | --- | --: | --: | --: | --: |")
    for name, said, count, found in (("none", "excludes zero", wrong, silent),
                                     ("known", "covers the truth", covered, known)):
        low, high = wilson(count, len(found))
        means = [sum(one[place] for one in found) / len(found) for place in (0, 3)]
        print(f"| {len(found)} | {name} | {said} | {count / len(found):.1%} | {low:.1%} to {high:.1%} | "
              f"{means[0]:+.3f} | {means[1]:+.3f} |")
    if wrong > ALLOWED * books or covered < COVERED * len(known):
        raise SystemExit("the interval of 'did it work?' does not hold what it promises")


if __name__ == "__main__":
    main()
