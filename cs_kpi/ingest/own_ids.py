"""A column that is called ID or Subscription and no more, beside another that names the customer: the number of each
contract."""

from __future__ import annotations

import re
from pathlib import PurePath

from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.keys import AMOUNTS, FIRST_DAYS, IDS, START, SUBSCRIPTION
from cs_kpi.ingest.matching import ENOUGH, SURE, Scores
from cs_kpi.ingest.naming.vocabulary import Place, suggests
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.records import Sheet
from cs_kpi.ingest.values.names import ids

BARE = frozenset(("id", "no", "number", "番号", "管理番号", "管理no", "管理id", "key", "uuid"))
NAMED = frozenset(("subscription", "contract", "agreement", "policy", "契約"))
"""Words for a contract, under which its number stands where each row has one of its own."""
OF_CONTRACTS = ("subscription", "contract", "契約", "サブスク")
OF_CUSTOMERS = re.compile(r"(?:c|cu|cus|cust|cl|a|ac|acc|acct|k)[-_ ]?\d+", re.IGNORECASE)
"""How customers are numbered: C001, CUS-12, ACC_7."""
CODE = re.compile(r"(?=\S*\d)\S+")
ONCE_EACH = 0.9
NAME = Place("customers", "customer_name")
SAMPLE = 3000


def with_contract_ids(found: Scores, sheet: Sheet, table: Area) -> Scores:
    """The scores in which the first column, called ID or Contract and no more, is the contract's, where every row has
    its own, a day, an amount and elsewhere its customer, and where the sheet is called one of contracts or a customer
    stands there several times. A customer who stands there once may as well have that ID."""
    header = table.headers[0] if table.headers else ""
    is_named, is_bare = plain(header) in NAMED, plain(header) in BARE
    if not (is_named or is_bare) or any(rated.get(SUBSCRIPTION, 0.0) >= ENOUGH for rated in found.values()):
        return found
    sure = {place: one for one, rated in found.items() for place, score in rated.items() if score >= SURE}
    who = next((sure[place] for place in (*IDS, NAME) if place in sure), None)
    if who in (None, header) or not AMOUNTS & set(sure) or not {START, *FIRST_DAYS} & set(sure):
        return found
    keys = ids(table.body[header].head(SAMPLE))
    owners = ids(table.body[who].head(SAMPLE)).dropna()
    if keys.isna().any() or keys.duplicated().any() or _are_numbered(list(keys)):
        return found
    if is_named:
        return {**found, header: {SUBSCRIPTION: SURE}} if keys.str.fullmatch(CODE).all() else found
    stands_once = owners.nunique() >= ONCE_EACH * len(owners)
    if stands_once and (keys.str.fullmatch(OF_CUSTOMERS).any() or not _is_of_contracts(sheet, table)):
        return found
    return {**found, header: {**found.get(header, {}), SUBSCRIPTION: SURE}}


def _is_of_contracts(sheet: Sheet, table: Area) -> bool:
    texts = (sheet.name, table.title, PurePath(sheet.file).stem)
    return any(suggests(text, OF_CONTRACTS) for text in texts)


def _are_numbered(keys: list[str]) -> bool:
    """Whether rows are counted: 1, 2, 3 is the number of a row and of nothing else."""
    return keys == [str(number) for number in range(1, len(keys) + 1)]
