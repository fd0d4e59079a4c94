"""What other columns of a contract's row add to it: a deadline for notice, a trial before it, fees of other kinds."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from cs_kpi.header_words import AMOUNT_PERIODS, CHARGE_WORDS, DEADLINE_WORDS, NO_CHARGE_WORDS
from cs_kpi.ingest.columns import column
from cs_kpi.ingest.export_formats import KnownExport
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.known_exports import column_of
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.looks import looks
from cs_kpi.ingest.naming.vocabulary import names, says
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.records import SheetMapping
from cs_kpi.ingest.values.dates import dates
from cs_kpi.locale import _
from cs_kpi.tables import TABLES

MOSTLY = 0.8
OF_THE_FEE = ("seats", "discount", "notice_days", "auto_renews", "term_end", "amount", "billing_interval")
"""What a row says of its recurring fee, and of no other."""
TRIALING, STATUS = "trialing", ("status",)


def completed(contracts: pd.DataFrame, table: Area, mapping: SheetMapping, export: KnownExport | None, log: Log
              ) -> pd.DataFrame:
    """The contracts of a sheet with what stands beside them; a row of the sheet may give several.

    contracts : as they were read, indexed by their row in the sheet
    """
    contracts = _with_notice(contracts, table, mapping.attributes, log)
    if export is not None:
        contracts = _with_trials(contracts, table, export, log)
    more = [_charges(contracts, table, header, kind, log) for header in mapping.attributes
            for kind in (_kind(table, header),) if kind]
    return _together(contracts, more)


def _together(contracts: pd.DataFrame, more: Iterable[pd.DataFrame]) -> pd.DataFrame:
    filled = [frame for frame in more if len(frame)]
    return pd.concat([contracts, *filled]).sort_index(kind="stable") if filled else contracts


def _with_notice(contracts: pd.DataFrame, table: Area, attributes: Iterable[str], log: Log) -> pd.DataFrame:
    """`notice_days` from a deadline that is given as a date, where the end of the term is known."""
    if "notice_days" in contracts:
        return contracts
    header = next((header for header in attributes if says(header, DEADLINE_WORDS)
                   and looks(table.body[header]).dates >= MOSTLY), None)
    end = next((field for field in ("term_end", "end_date") if field in contracts), None)
    if header is None:
        return contracts
    if end is None:
        log.note(_("Column '{column}' holds deadlines for notice as dates. They are kept as an attribute, because no "
                   "column says when terms run out.", column=header))
        return contracts
    deadline = pd.Series(dates(table.body[header]).days, index=table.body.index).loc[contracts.index]
    days = (contracts[end] - deadline).dt.days.astype(float)
    known = days >= 0
    log.note(_("Column '{column}' holds deadlines for notice as dates: the notice period is the days from there to "
               "the end of the term ({count} rows).", column=header, count=int(known.sum())))
    return contracts.assign(notice_days=days.where(known))


def _with_trials(contracts: pd.DataFrame, table: Area, export: KnownExport, log: Log) -> pd.DataFrame:
    """Contracts that began with a trial, as a trial up to its end and a paid contract from there on."""
    header = column_of(table.headers, export.trial_ends)
    if header is None or "start_date" not in contracts:
        return contracts
    over = pd.Series(dates(table.body[header]).days, index=table.body.index).loc[contracts.index]
    tried = over > contracts["start_date"]
    if not tried.any():
        return contracts
    status = column_of(table.headers, STATUS)
    is_trying = table.body[status].map(lambda cell: plain(str(cell)) == TRIALING).astype(bool).loc[contracts.index] \
        if status else pd.Series(False, index=contracts.index)
    end = contracts["end_date"] if "end_date" in contracts else pd.Series(pd.NaT, index=contracts.index)
    paid = contracts.assign(start_date=contracts["start_date"].mask(tried, over))
    trials = contracts.assign(end_date=end.where(is_trying | (end <= over), over), charge_kind="trial", mrr=0.0)[tried]
    log.note(_("Contracts that began with a trial are paid for from its end on, as column '{column}' says: {count}.",
               column=header, count=int(tried.sum())))
    return _together(paid[~tried | ~(is_trying | (end <= over))], [trials.astype(contracts.dtypes.to_dict())
                     if "end_date" in contracts else trials])


def _kind(table: Area, header: str) -> str | None:
    """one-time or variable, for a column of amounts that is called so."""
    kind = next((kind for kind, words in CHARGE_WORDS.items() if names(header, words)), None)
    if kind is None or says(header, NO_CHARGE_WORDS):
        return None
    seen = looks(table.body[header])
    return kind if seen.filled and seen.numbers >= MOSTLY and seen.dates < MOSTLY else None


def _charges(contracts: pd.DataFrame, table: Area, header: str, kind: str, log: Log) -> pd.DataFrame:
    """One row for every contract that has such a fee."""
    money = column(table, header, "subscriptions", TABLES["subscriptions"].by_name["amount"], log)
    log.blank(money.cells, money.unreadable, header, money.reason)
    amounts = money.values.loc[contracts.index[~contracts.index.duplicated()]]
    amounts = amounts[(amounts != 0) & amounts.notna()]
    if amounts.empty:
        return contracts.head(0)
    if kind == "variable" and says(header, AMOUNT_PERIODS["year"]):
        amounts = amounts / 12
    log.note(_("Column '{column}' is read as one-time fees of the same contracts, which are never part of MRR: "
               "{count}.", column=header, count=len(amounts)) if kind == "one-time" else
             _("Column '{column}' is read as monthly variable fees of the same contracts, which are part of MRR only "
               "where the settings say so: {count}.", column=header, count=len(amounts)))
    rows = contracts[~contracts.index.duplicated(keep="last")].loc[amounts.index]
    emptied = {field: rows[field].mask(np.ones(len(rows), dtype=bool)) for field in OF_THE_FEE if field in rows}
    rows = rows.assign(**emptied, mrr=amounts.astype(float), charge_kind=kind)
    if kind == "one-time" and "end_date" in rows:
        rows = rows.assign(end_date=rows["start_date"])
    return rows.astype({"charge_kind": contracts["charge_kind"].dtype})
