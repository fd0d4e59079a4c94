"""What sheets lack for contracts, which needs no saying where another sheet has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cs_kpi.ingest.records import SheetReading


def told(readings: Sequence[SheetReading]) -> list[SheetReading]:
    """The readings; where a sheet in use has contracts, without the notes that others have no fee or no start."""
    if not any(one.mapping.is_used and "subscriptions" in one.tables for one in readings):
        return list(readings)
    return [_without(one) if one.contracts_lack else one for one in readings]


def _without(one: SheetReading) -> SheetReading:
    gone = set(one.contracts_lack)
    return replace(one, notes=tuple(note for note in one.notes if note not in gone),
                   lacks=tuple(lack for lack in one.lacks if lack not in gone), contracts_lack=())
