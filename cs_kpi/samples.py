"""The sample workbooks that come with the product: invented, and said to be."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from cs_kpi.locale import Language

FOLDER = Path(__file__).parent.parent / "sample_data"
SampleKind = Literal["tidy", "messy"]


def sample(language: Language, kind: SampleKind) -> tuple[str, bytes]:
    """Name and bytes of a sample workbook: one sheet a table, or the ledger that a team really keeps."""
    path = FOLDER / language / f"{kind}_{language}.xlsx"
    return path.name, path.read_bytes()
