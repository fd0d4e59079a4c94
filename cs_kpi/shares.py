"""The 95 % interval of a share (handbook 4), for every room that shows one."""

from __future__ import annotations

import math

Z = 1.959963984540054
"""The normal quantile of 95 %, two-sided."""
Interval = tuple[float, float]


def wilson(part: float, whole: float) -> Interval:
    """Wilson's score interval of part / whole.

    >>> [round(100 * x, 1) for x in wilson(5, 50) + wilson(0, 20) + wilson(1, 12)]
    [4.3, 21.4, 0.0, 16.1, 1.5, 35.4]
    """
    share = part / whole
    centre = share + Z * Z / (2 * whole)
    reach = Z * math.sqrt(share * (1 - share) / whole + Z * Z / (4 * whole * whole))
    scale = 1 + Z * Z / whole
    return (centre - reach) / scale if part else 0.0, (centre + reach) / scale if part < whole else 1.0
