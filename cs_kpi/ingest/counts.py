"""Rows that say how many stand above, and what they make together: 3 renewals, 5社, （計 12件）."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from cs_kpi.ingest.naming.words import nfkc
from cs_kpi.ingest.values.names import shown

COUNT = re.compile(r"[(【\[]?(?:全|計|合計|小計)? ?[:：]? ?\d{1,5} ?(?:社|件|名|店舗?|施設|校|法人|団体|契約|拠点"
                   r"|園|院)(?:中|計)?[)】\]]?"
                   r"|\(?\d{1,5} (?:[a-z]+ )?(?:renewal|account|customer|client|contract|deal|logo|item|row|record|site"
                   r"|subscription|member|tenant|location|project|order|user|patient|unit)s?\)?"
                   r"|\(?\d{1,5} (?:[a-z]+ )?(?:compan|opportunit|propert|facilit)(?:y|ies)\)?")
NUMBERS = re.compile(r"[\d\s,.%¥$€£()+\-/円千万]*")
USUAL, MOST = 4, 0.6
"""So many cells the rows of such a table fill at least, and of those a count this share at most."""


def are_counts(body: pd.DataFrame, filled: np.ndarray) -> np.ndarray:
    """Which rows say a count and nothing but numbers beside it, and much less than the rows above.

    filled : rows x columns, whether a cell holds something
    """
    count = filled.sum(axis=1)
    found = np.zeros(len(body), dtype=bool)
    usual = float(np.median(count[count > 0])) if (count > 0).any() else 0.0
    if usual < USUAL:
        return found
    for row in np.flatnonzero((count > 0) & (count <= MOST * usual)):
        texts = [nfkc(shown(body.iat[row, place])).casefold().strip() for place in np.flatnonzero(filled[row])]
        found[row] = COUNT.fullmatch(texts[0]) is not None and all(map(NUMBERS.fullmatch, texts[1:]))
    return found
