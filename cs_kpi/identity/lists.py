"""What was found and decided about who is who, as tables for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from cs_kpi.identity.joins import Join
from cs_kpi.identity.migrations import Migration, Move
from cs_kpi.identity.proposals import KINDS, Proposal
from cs_kpi.identity.records import Decision, DecisionKind
from cs_kpi.identity.unmatched import Unmatched
from cs_kpi.locale import Language, Message, _, shown
from cs_kpi.tables import TABLES

MOVED_BY: dict[str, Message] = {"name": _("Same name"), "furigana": _("Same furigana"), "amount": _("Same MRR")}
DECIDED: dict[DecisionKind, Message] = {
    "alias": _("Given to a customer by hand"), "merge": _("Taken for one customer"),
    "migration": _("Goes on under a new ID"), "declined": _("Kept apart")}
FIRST: dict[str, Message] = {"customer_id": _("Customer ID"), "customer_name": _("Customer name"), "start": _("From"),
                             "end": _("Until"), "last_mrr": _("MRR")}
OTHER: dict[str, Message] = {"customer_id": _("Other ID"), "customer_name": _("Other name"), "start": _("Other from"),
                             "end": _("Other until"), "last_mrr": _("Other MRR")}


def moved_by(move: Move) -> Message:
    """What speaks for a pair."""
    if move.by == "amount" and move.alike > 1:
        return _("Same MRR; {n} have it that day, put together in the order of their IDs", n=move.alike)
    return MOVED_BY[move.by]


def proposal_table(found: Iterable[Proposal], lives: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Both sides of each proposal with ids, dates and MRR, and the reason."""
    pairs = list(found)
    return _pairs([one.kept for one in pairs], [one.other for one in pairs],
                  [KINDS[one.kind].text(language) for one in pairs], lives, language)


def migration_table(one: Migration, lives: pd.DataFrame, language: Language) -> pd.DataFrame:
    """The old and the new side of each pair with ids, dates and MRR, and what speaks for it."""
    return _pairs([move.old for move in one.moves], [move.new for move in one.moves],
                  [moved_by(move).text(language) for move in one.moves],
                  lives.assign(last_mrr=lives["first_mrr"]), language, lives)


def _pairs(first: list[str], other: list[str], reasons: list[str], lives: pd.DataFrame, language: Language,
           lives_first: pd.DataFrame | None = None) -> pd.DataFrame:
    sides = [_side(first, lives if lives_first is None else lives_first, FIRST, language),
             _side(other, lives, OTHER, language)]
    return pd.concat([*sides, pd.Series(reasons, name=_("Reason").text(language), dtype="str")], axis=1)


def _side(ids: list[str], lives: pd.DataFrame, labels: Mapping[str, Message], language: Language) -> pd.DataFrame:
    side = lives.loc[ids].rename_axis("customer_id").reset_index()[list(labels)]
    side = side.assign(start=side["start"].dt.date, end=side["end"].dt.date)
    return side.rename(columns={name: label.text(language) for name, label in labels.items()})


def unmatched_table(found: Iterable[Unmatched], language: Language) -> pd.DataFrame:
    """One row per key: where it stands and in how many rows."""
    rows = [(one.key, shown([TABLES[name].label for name in one.tables], language),
             shown([" › ".join(sheet) for sheet in one.sheets], language), one.rows) for one in found]
    return _named(rows, (_("Key"), _("Tables"), _("Sheets"), _("Rows")), language)


def join_table(joins: Iterable[Join], names: Mapping[str, str], language: Language) -> pd.DataFrame:
    """One row per key and table that was given to the customer of that name."""
    rows = [(one.key, one.customer_id, names.get(one.customer_id, one.customer_id),
             TABLES[one.table].label.text(language), one.rows) for one in joins]
    return _named(rows, (_("Key"), _("Customer ID"), _("Customer name"), _("Table"), _("Rows")), language)


def decision_table(decisions: Iterable[Decision], language: Language) -> pd.DataFrame:
    """One row per decision."""
    rows = [(DECIDED[one.kind].text(language), one.first, one.second,
             shown([TABLES[name].label for name in one.tables if name in TABLES], language)) for one in decisions]
    return _named(rows, (_("Decision"), _("Key or ID"), _("Customer"), _("Tables")), language)


def _named(rows: Sequence[tuple[object, ...]], labels: tuple[Message, ...], language: Language) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[label.text(language) for label in labels])
