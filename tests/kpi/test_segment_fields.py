"""By which fields a book can be cut."""

from __future__ import annotations

import pandas as pd
import pytest

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.measures.segments import segment_field, segment_fields


def noted(*notes: str | None) -> Book:
    """Customers with two contract rows each, both with the note of the customer."""
    rows = [{"customer_id": f"C{n}", "start_date": pd.Timestamp(day), "mrr": 10.0, "product": "CRM", "備考": note}
            for n, note in enumerate(notes) for day in ("2024-01-01", "2024-03-01")]
    return Book({"subscriptions": pd.DataFrame(rows)})


def names(book: Book) -> list[str]:
    return [field.id for field in segment_fields(book)]


def test_notes_of_their_own_are_no_segment_however_many_rows_repeat_them() -> None:
    assert "備考" not in names(noted("a", "b", "c", "d", None, None, None, None, None, None))
    assert "備考" not in names(noted("a", "a", "b", "c"))


def test_a_note_that_many_share_is_a_segment() -> None:
    assert "備考" in names(noted("a", "a", "a", "b", "b", "c", None))


@pytest.mark.parametrize("asked", ["product", "Product", "製品", " 製品 "])
def test_a_field_is_found_by_id_and_by_its_name_in_either_language(asked: str) -> None:
    assert segment_field(noted("a", "b"), asked).id == "product"


def test_another_name_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(DataError, match="product"):
        segment_field(noted("a", "b"), "produkt")
