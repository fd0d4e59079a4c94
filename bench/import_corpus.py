"""How the import does on the corpus of the tests: columns, rows and questions, and every case that is not as wanted.

    python -m bench.import_corpus            # the table and the list of failures
    python -m bench.import_corpus NAME ...   # these cases only
"""

import sys
from collections import Counter
from typing import get_args

from tests.ingest.corpus import CASES
from tests.ingest.corpus.cases import Part
from tests.ingest.corpus.judging import Verdict, verdict

HEAD = ("| part | files | cases | as wanted | columns right | rows right | wrong silently | lacking silently "
        "| questions |")


def line(part: str, verdicts: list[Verdict]) -> str:
    """One line of the table; without cases, dashes."""
    sums = Counter()
    for one in verdicts:
        sums.update(columns=one.columns, columns_right=one.columns_right, rows=one.rows, rows_right=one.rows_right,
                    silent=one.silent, lacking=one.lacking, asked=one.asked,
                    fine=not one.faults, files=len(one.case.files()[0]))
    return (f"| {part} | {sums['files']} | {len(verdicts)} | {sums['fine']} | {share(sums, 'columns')} | "
            f"{share(sums, 'rows')} | {sums['silent']} | {sums['lacking']} | {sums['asked']} |")


def share(sums: Counter[str], what: str) -> str:
    return f"{sums[f'{what}_right']} of {sums[what]}, {sums[f'{what}_right'] / sums[what]:.1%}" if sums[what] else "-"


def main(names: list[str]) -> None:
    verdicts = [verdict(case) for name, case in CASES.items() if not names or name in names]
    print(HEAD, "| --- |" + " --: |" * 8, sep="\n")
    for part in get_args(Part):
        print(line(part, [one for one in verdicts if one.case.part == part]))
    for one in verdicts:
        if one.faults:
            print(f"\n{one.case.name} ({one.case.part}): {one.case.covers}")
            print(*(f"  - {fault}" for fault in one.faults), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
