"""All items, in the order of the pages. A new one is declared in one of these modules, and nowhere else."""

from __future__ import annotations

from cs_kpi.deck import (  # noqa: F401  (declare the items)
    items_actions,
    items_customers,
    items_growth,
    items_now,
    items_one,
    items_plan,
    items_use,
)
from cs_kpi.deck.registry import GROUP_LABELS, ITEMS, Group, Item, lacking

__all__ = ["GROUP_LABELS", "ITEMS", "Group", "Item", "by_group", "lacking"]


def by_group() -> dict[Group, list[Item]]:
    """The items of every group that has any."""
    found: dict[Group, list[Item]] = {group: [] for group in GROUP_LABELS}
    for one in ITEMS.values():
        found[one.group].append(one)
    return {group: members for group, members in found.items() if members}
