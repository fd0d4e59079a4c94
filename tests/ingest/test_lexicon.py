"""Lists of headers as companies write them, each with the fields that it may name; blank where it names none.

One csv per area: `header,places`, several places parted by |, any of which is right. A header is judged by itself:
what only its neighbours can tell (Date, Name, Status) lists every place it may have.
"""

import csv
from pathlib import Path

import pytest

from cs_kpi.ingest.matching import SURE
from cs_kpi.ingest.naming.vocabulary import places
from cs_kpi.tables import TABLES

AREAS = sorted((Path(__file__).parent / "lexicon").glob("*.csv"), key=lambda path: path.stem)


def listed(area: Path) -> list[tuple[str, set[str]]]:
    """Each header of an area with its places."""
    with area.open(encoding="utf-8", newline="") as lines:
        return [(row["header"], {place for place in row["places"].split("|") if place})
                for row in csv.DictReader(lines)]


@pytest.mark.parametrize("area", AREAS, ids=lambda path: path.stem)
def test_every_header_names_one_of_its_fields_and_no_other(area: Path) -> None:
    faults = []
    for header, wanted in listed(area):
        sure = {str(place): score for place, score in places(header).items() if score >= SURE}
        best = {place for place, score in sure.items() if score == max(sure.values())}
        if not (best & wanted if wanted else not sure):
            faults.append(f"{header!r} is {sorted(best) or 'nothing'}, wanted {sorted(wanted) or 'nothing'}")
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults)


@pytest.mark.parametrize("area", AREAS, ids=lambda path: path.stem)
def test_every_place_of_the_list_is_a_field_and_every_header_stands_there_once(area: Path) -> None:
    rows = listed(area)
    known = {f"{table.name}.{field.name}" for table in TABLES.values() for field in table.fields}
    assert {place for _header, wanted in rows for place in wanted} <= known
    assert len({header for header, _wanted in rows}) == len(rows)
