"""How many books without any signal are given a model shown as good: at most 5 % may be.

python -m bench.no_signal                 seeds 0 to 199, on all cores; some minutes
python -m bench.no_signal --books 20      the first of them
"""

from __future__ import annotations

import argparse
import os
from concurrent.futures import ProcessPoolExecutor

BOOKS = 200
ALLOWED = 0.05


def judged(seed: int) -> tuple[bool, float, float]:
    """Whether the model of one book is shown as good, its ROC AUC and its Brier skill."""
    os.environ["OMP_NUM_THREADS"] = "1"
    from cs_kpi.churn.risk import outlook
    from tests.churn.given import silent

    found = outlook(silent(seed))
    model = found.evaluation.model
    assert model is not None, "a book without enough leavers is no test"
    return found.verdict.is_good, model.roc_auc.value, model.skill.value


def main() -> None:
    from cs_kpi.kpi.intervals import wilson

    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--books", type=int, default=BOOKS)
    books = options.parse_args().books
    with ProcessPoolExecutor() as workers:
        found = list(workers.map(judged, range(books)))
    good = [seed for seed, (is_good, _auc, _skill) in enumerate(found) if is_good]
    low, high = wilson(len(good), books)
    aucs = [auc for _good, auc, _skill in found]
    print("| books | shown as good | share | 95 % interval | mean ROC AUC |")
    print("| --: | --: | --: | --: | --: |")
    print(f"| {books} | {len(good)} | {len(good) / books:.1%} | {low:.1%} to {high:.1%} | {sum(aucs) / books:.3f} |")
    for seed in good:
        print(f"seed {seed}: ROC AUC {found[seed][1]:.3f}, Brier skill {found[seed][2]:.4f}")
    if len(good) > ALLOWED * books:
        raise SystemExit(f"{len(good)} of {books} books without signal are given a model shown as good")


if __name__ == "__main__":
    main()
