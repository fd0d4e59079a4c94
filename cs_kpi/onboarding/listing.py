"""Onboarding tables with columns named for the reader: customers by state, steps, pace, and goals tried."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cs_kpi.book import Book, day_of
from cs_kpi.kpi.behind import numbered
from cs_kpi.kpi.onboarding import standings
from cs_kpi.kpi.readings import Segment
from cs_kpi.ledger import MICRO
from cs_kpi.locale import Language, Message, _, shown
from cs_kpi.locale.formats import MONEY_SCALE, money_suffix
from cs_kpi.measures.onboarding import STATES, rule_label
from cs_kpi.onboarding.choice import Goal
from cs_kpi.onboarding.funnel import Funnel
from cs_kpi.onboarding.goals import Trial
from cs_kpi.onboarding.pace import pace_by_segment
from cs_kpi.onboarding.verdicts import difference, group
from cs_kpi.periods import Period
from cs_kpi.settings import MoneyUnit
from cs_kpi.tables import CUSTOMERS

OPEN = ("overdue", "in_progress")
"""States in which days are left, or gone."""
ORDER = (*OPEN, "left", "late", "completed")
"""Where something is to be done stands first."""
STARTED, COMPLETED, DUE = _("Started on"), _("Completed on"), _("Due by")
DATE_COLUMNS = (STARTED, COMPLETED, DUE)
SHARE, SHARE_OF_PREVIOUS = _("Share of starters"), _("Share of the step before")
SHARE_COLUMNS = (SHARE, SHARE_OF_PREVIOUS)


def owners(book: Book, run: Sequence[Period], segment: Segment | None = None) -> list[str]:
    """Who looks after the customers that started in the periods, by name; empty where no column says so."""
    table = standings(book, run, segment)
    return sorted(table["owner"].dropna().astype(str).unique()) if "owner" in table else []


def customers(book: Book, run: Sequence[Period], segment: Segment | None, language: Language,
              states: Sequence[str] = (), owned_by: Sequence[str] = (), hides_names: bool = False,
              money_unit: MoneyUnit = "one") -> pd.DataFrame:
    """The customers that started in the periods with what is left to do, overdue ones first, by the day of the limit.

    states, owned_by : only these; empty: all
    """
    table = standings(book, run, segment)
    if states:
        table = table[table["state"].isin(states)]
    if owned_by and "owner" in table:
        table = table[table["owner"].isin(owned_by)]
    table = table.assign(place=table["state"].map(ORDER.index)).sort_values("place", kind="stable")
    return _named(book, table.reset_index(drop=True), language, hides_names, money_unit)


def _named(book: Book, table: pd.DataFrame, language: Language, hides_names: bool,
           money_unit: MoneyUnit) -> pd.DataFrame:
    is_open = table["state"].isin(OPEN)
    columns: dict[Message | str, object] = {
        _("Customer ID"): table["customer_id"], _("Customer name"): table["customer_name"],
        _("State"): [STATES[state].text(language) for state in table["state"]], STARTED: _dates(table["started_on"]),
        DUE: _dates(table["limit"]), _("Days left (negative: overdue)"): table["days_left"].where(is_open)}
    if "owner" in table:
        columns[CUSTOMERS.by_name["owner"].label] = table["owner"]
    columns |= {_("Steps not done"): [shown(tuple(names), language) for names in table["missing"]],
                COMPLETED: _dates(table["completed_on"])}
    found = pd.DataFrame({shown(name, language): values for name, values in columns.items()})
    if book.has_contracts:
        unit = f" ({money_suffix(language, book.currency, money_unit).strip()})" if money_unit != "one" else ""
        found["MRR" + unit] = _mrr(book)[book.codes(table["customer_id"])] / MONEY_SCALE[money_unit]
    if hides_names:
        found[_("Customer name").text(language)] = numbered(book, table["customer_id"], language)
        found = found.drop(columns=_("Customer ID").text(language))
    return found


def _dates(days: pd.Series) -> pd.Series:
    return pd.to_datetime(days).astype("datetime64[s]")


def _mrr(book: Book) -> np.ndarray:
    """MRR at the end of the data."""
    assert book.as_of is not None
    return next(iter(book.ledger.closings([day_of(book.as_of)]))) / MICRO


def steps(found: Funnel, language: Language) -> pd.DataFrame:
    """The funnel as a table; shares 0..1."""
    columns: dict[Message, list[object]] = {
        _("Onboarding step"): [step.name for step in found.steps], _("Reached"): [step.reached for step in found.steps],
        SHARE: [step.share for step in found.steps],
        SHARE_OF_PREVIOUS: [step.share_of_previous for step in found.steps],
        _("Median days from start"): [step.days for step in found.steps],
        _("Median days from step before"): [step.days_between for step in found.steps]}
    return pd.DataFrame({name.text(language): values for name, values in columns.items()})


def paces(book: Book, by: str, run: Sequence[Period], language: Language) -> pd.DataFrame:
    """Quartiles of the days to completion by segment."""
    found = pace_by_segment(book, by, run)
    found["segment"] = [name.text(language) if isinstance(name, Message) else name for name in found["segment"]]
    heads = {"segment": _("Segment"), "n": _("Completed"), "open": _("Not completed"),
             "low": _("Lower quartile (days)"), "median": _("Median (days)"), "high": _("Upper quartile (days)")}
    return found.rename(columns={name: head.text(language) for name, head in heads.items()})


def tried(found: Trial, language: Language) -> pd.DataFrame:
    """Retention with and without every step and limit, as words with intervals and sizes."""
    rows = [(shown(rule_label(cell.rule), language), cell.rule.days, cell.contrast) for cell in found.cells
            if cell.contrast.reached.n and cell.contrast.other.n]
    columns = {_("Onboarding step"): [name for name, _days, _both in rows],
               _("Limit (days)"): [days for _n, days, _b in rows],
               _("Reached it"): [group(both.reached, language) for _n, _d, both in rows],
               _("Did not reach it"): [group(both.other, language) for _n, _d, both in rows],
               _("Difference"): [difference(both, language) for _n, _d, both in rows]}
    return pd.DataFrame({name.text(language): values for name, values in columns.items()})


def judged(goal: Goal, language: Language) -> pd.DataFrame:
    """Retention of completers and of the others, among earlier and later customers."""
    both = [(_("Earlier (chosen on)"), goal.earlier), (_("Later (judged on)"), goal.later)]
    rows = [(name.text(language), contrast) for name, contrast in both
            if contrast is not None and contrast.reached.n and contrast.other.n]
    columns = {_("Customers"): [name for name, _contrast in rows],
               _("Completed it"): [group(one.reached, language) for _name, one in rows],
               _("Did not complete it"): [group(one.other, language) for _name, one in rows],
               _("Difference"): [difference(one, language) for _name, one in rows]}
    return pd.DataFrame({name.text(language): values for name, values in columns.items()})
