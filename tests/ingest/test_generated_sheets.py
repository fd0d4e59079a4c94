"""A few of the sheets that bench/generated_sheets.py draws by the thousand."""

import pytest

from tests.ingest.generated_contracts import SHAPES
from tests.ingest.generated_sheets import AREAS, Shape, case, headers


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_a_sheet_is_the_same_for_its_seed_and_another_for_the_next(shape: Shape) -> None:
    (one,), _book = case(shape, 1, "ja").files()
    (same,), _book = case(shape, 1, "ja").files()
    (other,), _book = case(shape, 2, "ja").files()
    assert one.sheets == same.sheets
    assert one.sheets != other.sheets


def test_a_header_is_drawn_for_one_field_alone() -> None:
    for language in AREAS:
        drawn = [header.casefold() for pool in headers(language).values() for header in pool]
        assert len(set(drawn)) == len(drawn) > 2000
