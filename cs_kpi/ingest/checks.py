"""What was refused and why, as tables for people."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from cs_kpi.ingest.records import Refusal
from cs_kpi.locale import Language, _

COLUMNS = {"file": _("File"), "sheet": _("Sheet"), "row": _("Row"), "column": _("Column"), "value": _("Value"),
           "reason": _("Reason")}


def refusal_table(refusals: Iterable[Refusal], language: Language) -> pd.DataFrame:
    """One row per refused cell, columns and reasons in the reader's language, in the order of the spreadsheet."""
    rows = [(item.file, item.sheet, item.row, item.column, item.value, item.reason.text(language))
            for item in refusals]
    return pd.DataFrame(rows, columns=[label.text(language) for label in COLUMNS.values()])
