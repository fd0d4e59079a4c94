"""Stores and departments under one company: which customer is the topmost parent of which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from cs_kpi.locale import Message, _

NAMED = 3
"""So many ids are named as examples."""


@dataclass(frozen=True, slots=True)
class Parents:
    """top : customer -> its topmost parent, for customers that have one
    missing : parents that no list of customers names, with one of the customers under each
    """

    top: Mapping[str, str]
    missing: Mapping[str, str]
    notes: tuple[Message, ...]


NO_PARENTS = Parents({}, {}, ())


def parents(customers: pd.DataFrame | None, same: Mapping[str, str]) -> Parents:
    """The topmost parent of every customer that has one.

    same : id -> the id under which this customer goes; parents may be named by any of them

    Customers whose parents lead in a circle stay as they are. A parent that is on no list is one all the same, since
    many sheets hold a company's code beside its stores and no row of the company.
    """
    if customers is None or "parent_id" not in customers:
        return NO_PARENTS
    pairs = customers[["customer_id", "parent_id"]].dropna().drop_duplicates()
    above: dict[str, str] = {}
    for child, parent in sorted(pairs.itertuples(index=False, name=None)):
        if same.get(child, child) != same.get(parent, parent):
            above.setdefault(same.get(child, child), same.get(parent, parent))
    named = customers[customers["customer_name"].notna()] if "customer_name" in customers else customers
    listed = {same.get(key, key) for key in named["customer_id"].dropna().unique().tolist()}
    top: dict[str, str] = {}
    circle: list[str] = []
    for child in above:
        end = _end(child, above)
        if end is None:
            circle.append(child)
        else:
            top[child] = end
    missing = {end: child for child, end in top.items() if end not in listed}
    return Parents(top, missing, tuple(_notes(top, missing, circle)))


def _end(child: str, above: Mapping[str, str]) -> str | None:
    """The topmost parent; None where there is none because the way goes in a circle."""
    seen = {child}
    while child in above:
        child = above[child]
        if child in seen:
            return None
        seen.add(child)
    return child


def _notes(top: Mapping[str, str], missing: Mapping[str, str], circle: list[str]) -> list[Message]:
    found = []
    if top:
        found.append(_("Customers that are counted under their parent company: {n}, under {parents} companies.",
                       n=len(top), parents=len(set(top.values()))))
    if missing:
        found.append(_("Parent companies that no list of customers names: {n} (such as {ids}). They are shown by their "
                       "ID. Add a row with a name for each.", n=len(missing), ids=sorted(missing)[:NAMED]))
    if circle:
        found.append(_("Customers whose parent companies lead in a circle: {n} (such as {ids}). They stay as they are. "
                       "Correct their parent company IDs.", n=len(circle), ids=sorted(circle)[:NAMED]))
    return found


def with_missing_parents(customers: pd.DataFrame, above: Parents) -> pd.DataFrame:
    """The list of customers with a row, ahead of all others, for each parent that none names: named by its id, with
    the source of a customer under it."""
    if not above.missing:
        return customers
    first = customers[customers["customer_id"].isin(list(above.missing))].drop_duplicates("customer_id")
    kept = [name for name in ("customer_id", "_file", "_sheet", "_row") if name in customers]
    rows = first[kept].assign(customer_name=first["customer_id"])
    return pd.concat([rows.reindex(columns=customers.columns.union(["customer_name"], sort=False)), customers],
                     ignore_index=True)
