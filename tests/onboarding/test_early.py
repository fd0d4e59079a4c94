"""Who started before the milestones were kept."""

from __future__ import annotations

from cs_kpi.criterion import Criterion, Rule
from cs_kpi.onboarding.early import from_before
from cs_kpi.periods import parse
from tests.tables import book

WITHIN = Criterion(rules=(Rule(name="Kickoff", days=30),))
# The first kickoff is written down on 10 March 2024: the limits of a and b were over by then, that of c was not.
CONTRACTS = [("a", "2023-01-01", None, 1), ("b", "2024-02-05", "2024-03-01", 1), ("c", "2024-02-20", None, 1),
             ("d", "2024-03-05", None, 1)]
STEPS = [("d", "Kickoff", "2024-03-10")]


def test_limits_before_the_first_record_are_counted_and_said() -> None:
    said = from_before(book(CONTRACTS, milestones=STEPS, onboarding=WITHIN))
    assert str(said).startswith("2 customers had passed their limit before 2024-03-10")
    february = from_before(book(CONTRACTS, milestones=STEPS, onboarding=WITHIN), [parse("2024-02")])
    assert str(february).startswith("1 customer had passed")


def test_nothing_is_said_of_later_starts() -> None:
    assert from_before(book(CONTRACTS, milestones=STEPS, onboarding=WITHIN), [parse("2024-03")]) is None
    assert from_before(book(CONTRACTS, milestones=[("a", "Kickoff", "2023-01-05"), *STEPS], onboarding=WITHIN)) is None
