"""Lines of a sheet, rows or columns, that stand together between blank ones."""

from __future__ import annotations

from typing import Any

import numpy as np

MOST_BLOCKS = 1000


def blocks(filled: Any, first: int) -> list[tuple[int, int]]:
    """Where filled lines stand together, as first line and the one after the last; of very many blocks those that are
    parted by more blank lines than usual."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], filled, [False]]).astype(np.int8)))
    starts, ends = edges[::2] + first, edges[1::2] + first
    if len(starts) > MOST_BLOCKS:
        gaps = starts[1:] - ends[:-1]
        wide = gaps > np.median(gaps)
        starts, ends = starts[np.append(True, wide)], ends[np.append(wide, True)]
    return list(zip(starts.tolist(), ends.tolist(), strict=True))
