"""Names that a reader sees, each of them once."""

from __future__ import annotations

from collections.abc import Sequence


def unique(names: Sequence[str]) -> list[str]:
    """The names in their order; one that comes again is numbered.

    >>> unique(["a", "b", "a"])
    ['a', 'b', 'a (2)']
    """
    taken: list[str] = []
    for name in names:
        number, free = 2, name
        while free in taken:
            number, free = number + 1, f"{name} ({number})"
        taken.append(free)
    return taken
