"""Tables in which one customer is one customer: keys joined, spellings merged, new ids continued, parents rolled up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from cs_kpi.identity.continuing import continued
from cs_kpi.identity.directory import Tables, directory
from cs_kpi.identity.joins import Join, Keys, certain, stated
from cs_kpi.identity.parents import NO_PARENTS, parents, with_missing_parents
from cs_kpi.identity.records import Identities
from cs_kpi.locale import Message


@dataclass(frozen=True, slots=True)
class Merged:
    """tables : under one id per customer, every row with its source; joins : what was certain; notes : what was done"""

    tables: Tables
    joins: tuple[Join, ...] = ()
    notes: tuple[Message, ...] = ()


def merged(tables: Tables, identities: Identities, rolls_up: bool = False) -> Merged:
    """The tables under one id per customer.

    What is certain is joined; spellings and new ids become one customer only where `identities` says so. Of several
    rows in the list of customers, those of the id that is kept come first, so that its name stands.

    rolls_up : customers become their topmost parents
    """
    keys = _keys(tables)
    joined = certain(_everyone(tables, keys), directory(tables), identities)
    same = final({**joined, **identities.merges})
    migrations = {same.get(new, new): same.get(old, old) for new, old in identities.migrations.items()}
    done: Tables = _renamed(tables, keys, same, identities.aliases)
    if migrations:
        done = continued(done, migrations)
        done = _renamed(done, _keys(done), final(migrations))
    above = parents(done.get("customers"), final({**same, **migrations})) if rolls_up else NO_PARENTS
    if above.top:
        done = _renamed(done, _keys(done), above.top)
    if "customers" in done:
        listed = _kept_first(done["customers"], tables["customers"])
        done = {**done, "customers": with_missing_parents(listed, above)}
    joins = tuple(_in_force(joined, keys, identities))
    return Merged(done, joins, (*stated(joins), *above.notes))


def _keys(tables: Tables) -> dict[str, Keys]:
    return {name: Keys.of(frame["customer_id"]) for name, frame in tables.items() if "customer_id" in frame}


def _renamed(tables: Tables, keys: Mapping[str, Keys], same: Mapping[str, str],
             aliases: Mapping[str, Mapping[str, str]] | None = None) -> dict[str, pd.DataFrame]:
    """The tables with every key as it goes by now; a table in which none changes stays the same object.

    aliases : table -> key -> what it is in that table, whatever `same` says
    """
    done = dict(tables)
    for name, found in keys.items():
        given = (aliases or {}).get(name)
        steps = final({**same, **given}) if given else same
        ids = [steps.get(key, key) for key in found.values]
        if ids != found.values:
            done[name] = tables[name].assign(customer_id=found.renamed(ids).set_axis(tables[name].index))
    return done


def _everyone(tables: Tables, keys: Mapping[str, Keys]) -> Iterable[str]:
    """Every key that may name a customer, each once: of all tables, and of parents."""
    found = [key for one in keys.values() for key in one.values]
    customers = tables.get("customers")
    if customers is not None and "parent_id" in customers:
        found += map(str, customers["parent_id"].dropna().unique())
    return dict.fromkeys(found)


def _in_force(joined: Mapping[str, str], keys: Mapping[str, Keys], identities: Identities) -> Iterable[Join]:
    """What was joined by its name and was not decided otherwise."""
    decided = identities.merges.keys() | identities.migrations.keys()
    for table, found in keys.items():
        for key, rows in zip(found.values, found.rows.tolist(), strict=True):
            if key in joined and key not in decided and key not in identities.aliases.get(table, {}):
                yield Join(table, key, joined[key], rows)


def final(steps: Mapping[str, str]) -> dict[str, str]:
    """Where each key leads once every step is taken; of a circle, to the first of its members.

    >>> final({"b": "a", "c": "b", "x": "y", "y": "x"})
    {'b': 'a', 'c': 'a', 'x': 'x', 'y': 'x'}
    """
    found: dict[str, str] = {}
    for key in steps:
        way = [key]
        while (last := way[-1]) in steps and steps[last] not in way:
            way.append(steps[last])
        if way[-1] in steps:
            found[key] = min(way[way.index(steps[way[-1]]):])
        else:
            found[key] = way[-1]
    return found


def _kept_first(customers: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """The list of customers, the rows whose id was kept ahead of those that got it; of several first contract days
    the earliest. before : the same rows as the sheets have them"""
    is_changed = (customers["customer_id"] != before["customer_id"]).to_numpy(dtype=bool, na_value=False)
    if not is_changed.any():
        return customers
    if "started_on" in customers:
        customers = customers.assign(started_on=customers.groupby("customer_id")["started_on"].transform("min"))
    return pd.concat([customers[~is_changed], customers[is_changed]], ignore_index=True)
