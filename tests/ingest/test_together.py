"""What names the customers of one sheet names them in the others, and so does the day on which they left."""

from __future__ import annotations

import datetime as dt

from cs_kpi.ingest.fitting import applied
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.together import again, known_fields
from tests.ingest.given import sheet

D = dt.date
ANSWERS = sheet(["Pub ID", "Surveyed", "NPS"], *([f"P{at}", D(2025, 1, at), at] for at in range(1, 8)), name="Voice")
TITLES = sheet(["Pub ID", "Publication", "Circulation"],
               *([f"P{at}", f"{word} Weekly", 1000 * at] for at, word in enumerate(("Ash", "Bay", "Cove", "Dale"), 1)),
               name="Titles")


def test_a_list_that_nothing_else_explains_is_one_of_the_customers_of_another_sheet() -> None:
    assert guess(TITLES).columns == {}
    found = applied([], [ANSWERS, TITLES])[1]
    assert found.columns == {"customers.customer_id": "Pub ID", "customers.customer_name": "Publication"}


def test_it_is_known_from_a_mapping_that_the_user_corrected_too() -> None:
    told = guess(TITLES).model_copy(update={"columns": {"customers.customer_id": "Publication"}, "file": "other.xlsx"})
    assert again(TITLES, guess(TITLES), known_fields([told])).columns["customers.customer_id"] == "Publication"


def test_a_sheet_that_is_not_used_tells_nothing_and_neither_does_a_header_that_may_be_anything() -> None:
    told = guess(ANSWERS)
    assert known_fields([told.model_copy(update={"is_used": False})]) == frozenset()
    assert known_fields([told.model_copy(update={"columns": {"usage.customer_id": "ID"}})]) == frozenset()


def test_why_they_left_is_found_by_the_day_of_leaving_of_the_contracts() -> None:
    firms = list(enumerate(("青葉商事", "北斗商事", "白樺商事", "若松商事"), 1))
    rooms = sheet(["入居企業", "入居日", "明渡日", "月額利用料"], *(
        [firm, D(2024, at, 1), D(2025, at, 1) if at % 2 else None, 9000] for at, firm in firms), name="入居")
    left = sheet(["入居企業", "明渡日", "明渡理由"], *(
        [firm, D(2025, at, 1), "手狭"] for at, firm in firms), name="明渡")
    assert applied([], [rooms, left])[1].columns == {
        "cancellations.customer_id": "入居企業", "cancellations.cancelled_on": "明渡日",
        "cancellations.reason": "明渡理由"}
