"""One order of day and month for all short dates of a sheet: as a column proves it, else as the user says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import pandas as pd

from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.values.dates import Dates, Order, dates
from cs_kpi.ingest.values.uniques import Uniques
from cs_kpi.locale import Message, _

ORDERS: dict[str, Message] = {
    "dmy": _("day, month, year"), "mdy": _("month, day, year"), "ymd": _("year, month, day"),
    "era": _("year of the Japanese era, month, day (6/4/1 is 1 April 2024, 31/4/1 is 1 April 2019)")}


def date_orders(area: Area, headers: Iterable[str], log: Log, ends: Collection[str] = ()) -> dict[str, Order]:
    """The order of each column of dates that cannot tell it alone.

    ends : headers of days on which something ends, which may well lie years ahead; they are years of an era only
        where those of another column may be

    A column in which only one order is possible decides its neighbours. Years of two digits and of four are written
    by different hands, and say nothing of each other.
    """
    wanted = set(headers) & set(area.headers)
    different = {header: pd.Series(Uniques.of(area.body[header]).values, dtype=object) for header in wanted}
    read = {header: dates(different[header], today=log.today) for header in wanted - set(ends)}
    ahead_of = log.today if any("era" in item.open_orders for item in read.values()) else None
    read |= {header: dates(different[header], today=ahead_of) for header in wanted & set(ends)}
    read = {header: read[header] for header in area.headers if header in wanted}
    found: dict[str, Order] = {}
    for possible in dict.fromkeys(item.orders for item in read.values() if item.orders):
        found |= _of_one_hand(area, {header: item for header, item in read.items() if item.orders == possible}, log)
    return found


def _of_one_hand(area: Area, read: Mapping[str, Dates], log: Log) -> dict[str, Order]:
    proofs: dict[Order, str] = {}
    for header, item in read.items():
        if len(item.open_orders) == 1:
            proofs.setdefault(item.open_orders[0], header)
            log.note(_("The dates of column '{column}' are read as {order}.", column=header,
                       order=ORDERS[item.open_orders[0]]))
    unsure = {header: item for header, item in read.items() if item.example}
    found: dict[str, Order] = {}
    for header, item in unsure.items():
        fitting = [order for order in proofs if order in item.open_orders]
        if len(fitting) == 1:
            found[header] = fitting[0]
            log.note(_("The dates of column '{column}' are read as {order}, like those of column '{other}'.",
                       column=header, order=ORDERS[fitting[0]], other=proofs[fitting[0]]))
    for possible in dict.fromkeys(item.open_orders for header, item in unsure.items() if header not in found):
        asked = {header: item for header, item in unsure.items()
                 if header not in found and item.open_orders == possible}
        found |= dict.fromkeys(asked, _asked(area, asked, log))
    return found


def _asked(area: Area, asked: Mapping[str, Dates], log: Log) -> Order:
    """One question for all columns; an answer to any of them holds."""
    first, example = next((header, item.example) for header, item in asked.items())
    may_be_era = any("era" in item.open_orders for item in asked.values())
    together = dates(pd.concat([area.body[header] for header in asked], ignore_index=True),
                     today=log.today if may_be_era else None)
    options: dict[str, Message] = {order: ORDERS[order] for order in together.open_orders}
    text = _("Column '{column}' has dates such as '{example}', which can be read in more than one way. Which order do "
             "they have?", column=first, example=example) if len(asked) == 1 else \
        _("Columns {columns} have dates such as '{example}', which can be read in more than one way. Which order do "
          "they have?", columns=list(asked), example=example)
    taken = log.ask("date_order", first, text, options, together.order or together.open_orders[0])
    taken = next((answer for header in asked if (answer := log.answer("date_order", header, options))), taken)
    return next(order for order in together.open_orders if order == taken)
