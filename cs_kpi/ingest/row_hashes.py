"""A number for every row of a table by some of its fields, alike in two tables where the row is the same."""

from __future__ import annotations

import numpy as np
import pandas as pd


def hashes(frame: pd.DataFrame, fields: list[str]) -> np.ndarray:
    """A number for every row by its fields; blanks are alike."""
    return pd.util.hash_pandas_object(frame[fields].apply(_comparable), index=False).to_numpy()


def _comparable(values: pd.Series) -> pd.Series:
    """Values that hash alike in two frames where they mean the same, whatever held them there."""
    if values.dtype.kind in "Mf":
        return values.astype("datetime64[s]").astype("int64") if values.dtype.kind == "M" else values
    if isinstance(values.dtype, pd.StringDtype):
        return values.fillna("")
    return values.astype(object).where(values.notna(), "").map(str).astype("str")
