"""The mapping of a sheet as it is saved: what every correction starts from and ends in."""

from __future__ import annotations

from cs_kpi.ingest.records import SheetMapping
from pages._ui.loading import LoadedSheet
from pages._ui.work import preferences, workspace


def save_mapping(one: LoadedSheet, mapping: SheetMapping) -> None:
    """Keep a correction; the next run reads the sheet again under it."""
    workspace().save(mapping, one.key, by=preferences().display_name)


def in_force(one: LoadedSheet) -> SheetMapping:
    """The mapping as it is now, which another window may have changed since this page was drawn."""
    return workspace().load(SheetMapping, one.key) or one.mapping
