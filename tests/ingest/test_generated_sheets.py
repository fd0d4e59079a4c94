"""A few of the sheets that bench/generated_sheets.py draws by the thousand."""

import pytest

from tests.ingest import generated_events
from tests.ingest.generated_contracts import SHAPES
from tests.ingest.generated_sheets import AREAS, Shape, case, headers, judged


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


@pytest.mark.parametrize("shape", generated_events.KNOWN, ids=lambda shape: shape.__name__)
def test_most_sheets_of_events_with_known_headers_are_read_whole(shape: Shape) -> None:
    verdicts = [judged(shape, seed, "ja" if seed % 2 else "en") for seed in range(4)]
    assert sum(one.rows_right for one in verdicts) >= 0.7 * sum(one.rows for one in verdicts)


@pytest.mark.parametrize("seed", range(2000, 2004))
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_a_drawn_sheet_is_read_as_its_headers_say(shape: Shape, seed: int) -> None:
    assert judged(shape, seed, "ja" if seed % 2 else "en").faults == []
