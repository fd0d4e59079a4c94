"""How the import does on sheets drawn at random from the lexicon: per shape, how many come out as wanted.

    python -m bench.generated_sheets                     # 1,000 sheets per shape, half of them Japanese
    python -m bench.generated_sheets --sheets 200 SHAPE  # this shape alone, fewer sheets
    python -m bench.generated_sheets --faults 20 SHAPE   # and the faults of the first of them
"""

import argparse
from collections import Counter

from tests.ingest import generated_contracts, generated_events
from tests.ingest.generated_sheets import Shape, judged

SHAPES = (*generated_contracts.SHAPES, *generated_events.SHAPES)
HEAD = ("| shape | sheets | as wanted | columns right | rows right | wrong silently | lacking silently | questions |\n"
        "| --- |" + " --: |" * 7)


def line(shape: Shape, sheets: int, first: int, shown: int) -> str:
    """One line of the table; the faults of the first `shown` sheets that have some are printed before it."""
    sums: Counter[str] = Counter()
    for seed in range(first, first + sheets):
        one = judged(shape, seed, "ja" if seed % 2 else "en")
        sums.update(columns=one.columns, columns_right=one.columns_right, rows=one.rows, rows_right=one.rows_right,
                    silent=one.silent, lacking=one.lacking, asked=one.asked, fine=not one.faults)
        if one.faults and shown > 0:
            shown -= 1
            print(f"{one.case.name}", *(f"  - {fault}" for fault in one.faults), sep="\n")
    shares = [f"{sums[f'{what}_right'] / sums[what]:.1%}" for what in ("columns", "rows")]
    name = shape.__name__.replace("_", " ")
    return (f"| {name} | {sheets} | {sums['fine'] / sheets:.1%} | {shares[0]} | {shares[1]} | "
            f"{sums['silent']} | {sums['lacking']} | {sums['asked']} |")


def main() -> None:
    given = argparse.ArgumentParser()
    given.add_argument("shapes", nargs="*")
    given.add_argument("--sheets", type=int, default=1000)
    given.add_argument("--first", type=int, default=0)
    given.add_argument("--faults", type=int, default=0)
    asked = given.parse_args()
    lines = [line(shape, asked.sheets, asked.first, asked.faults) for shape in SHAPES
             if not asked.shapes or shape.__name__ in asked.shapes]
    print(HEAD, *lines, sep="\n")


if __name__ == "__main__":
    main()
