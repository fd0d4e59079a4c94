"""The year of months that stand without one: said where a title or a name tells it, else asked."""

from __future__ import annotations

from cs_kpi.ingest.by_months.month_columns import ANY_YEAR
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.month_names import month_headers, undated_cut
from cs_kpi.ingest.records import SheetMapping
from cs_kpi.locale import Message, _

YEAR_TOPIC = "year_of_months"
NEAR_YEARS = (-2, -1, 0, 1)


def with_years(mapping: SheetMapping, table: Area, log: Log) -> SheetMapping:
    """The mapping with the months that lack a year moved to the one that the user answered."""
    told = month_headers(table.headers)
    bare = month_headers(table.headers, ANY_YEAR)
    open_ = [header for header in mapping.months if header in bare and header not in told] or undated_cut(
        list(mapping.months))
    if not open_:
        return mapping
    first, last = min(open_, key=mapping.months.__getitem__), max(open_, key=mapping.months.__getitem__)
    year = int(mapping.months[first][:4])
    if table.year and table.year.source:
        log.note(_("The months '{first}' to '{last}' have no year of their own. They are read as {begin} to {end}, by "
                   "'{source}'.", first=first, last=last, begin=mapping.months[first], end=mapping.months[last],
                   source=table.year.source))
        return mapping
    options: dict[str, Message] = {
        str(year + near): _("{first} to {last}", first=_moved(mapping.months[first], near),
                            last=_moved(mapping.months[last], near)) for near in NEAR_YEARS}
    text = _("The months '{first}' to '{last}' have no year, and neither the title nor a name tells it. Which months "
             "are they?", first=first, last=last)
    moved = int(log.ask(YEAR_TOPIC, first, text, options, str(year))) - year
    months = {header: _moved(month, moved) if header in open_ else month for header, month in mapping.months.items()}
    return mapping.model_copy(update={"months": months})


def _moved(month: str, years: int) -> str:
    return f"{int(month[:4]) + years:04d}{month[4:]}"
