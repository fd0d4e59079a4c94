"""What leavers paid, where their list calls it lost: Lost MRR. Elsewhere that is a movement, and no fee."""

from __future__ import annotations

from pathlib import PurePath

from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.losses import FEES, lost_fees
from cs_kpi.ingest.main_table import titled
from cs_kpi.ingest.matching import SURE, Scores
from cs_kpi.ingest.naming.vocabulary import Place
from cs_kpi.ingest.partings import CANCELLED, REASON, no_farewells
from cs_kpi.ingest.records import Sheet
from cs_kpi.ingest.values.amounts import amounts
from cs_kpi.ingest.values.uniques import Uniques, is_nothing

STARTS = {Place("subscriptions", "start_date"), Place("customers", "started_on")}
ALL = 0.95


def with_lost_fees(found: Scores, sheet: Sheet, table: Area) -> Scores:
    """The scores in which what was lost is the fee, on a list of leavers that says since when and no other fee.

    A list with customers who stay, with rows that are no farewell or with losses below zero tells of movements.
    """
    told = {place for rated in found.values() for place, score in rated.items() if score >= SURE}
    if CANCELLED not in told or told & FEES or not told & STARTS:
        return found
    lost = {header: fees for header in table.headers if (fees := lost_fees(header)) and max(fees.values()) >= SURE}
    if not lost or not (REASON in told or _is_titled(sheet, table)) or not _are_leavers(found, table):
        return found
    best = max(lost, key=lambda header: max(lost[header].values()))
    read = amounts(table.body[best]).values
    return found if (read < 0).any() or not (read > 0).any() else {**found, best: lost[best]}


def _is_titled(sheet: Sheet, table: Area) -> bool:
    texts = (sheet.name, table.title, PurePath(sheet.file).stem)
    return any("cancellations" in titled(text) for text in texts)


def _are_leavers(found: Scores, table: Area) -> bool:
    """Whether all rows have a day of leaving, and none says that it is something else."""
    day = max(found, key=lambda header: found[header].get(CANCELLED, 0.0))
    is_left = [not is_nothing(value) for value in table.body[day]]
    return sum(is_left) >= ALL * len(is_left) and not any(
        any(no_farewells(Uniques.of(table.body[header]))) for header in table.headers)
