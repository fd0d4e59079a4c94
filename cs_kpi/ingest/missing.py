"""What to say of a sheet that gave no table: what was seen, what is lacking, what to do next."""

from __future__ import annotations

from cs_kpi.ingest import content_names, content_terms
from cs_kpi.ingest.by_months.month_columns import ANY_YEAR, speaks_of_others
from cs_kpi.ingest.descriptions import describes_others
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.looks import looks
from cs_kpi.ingest.matching import SURE
from cs_kpi.ingest.month_names import FEWEST, month_headers
from cs_kpi.ingest.naming.vocabulary import Place, places
from cs_kpi.ingest.records import Sheet, SheetMapping
from cs_kpi.ingest.statuses import left_words
from cs_kpi.ingest.turned import field_labels
from cs_kpi.locale import _
from cs_kpi.tables import TABLES


def note_on_what_is_missing(sheet: Sheet, area: Area, mapping: SheetMapping, log: Log) -> None:
    """One sentence, the most helpful that the sheet allows."""
    if not len(sheet.cells):
        log.note(_("Sheet '{sheet}' is empty. If it should hold data, save the file again and load it once more.",
                   sheet=sheet.name))
    elif sheet.is_box:
        log.note(_("Sheet '{sheet}' is a list beside or below a table, and was not recognised as customers, contracts, "
                   "usage or another table, so it is not used. If it is one, switch it on and choose its columns on "
                   "the data page.", sheet=sheet.name))
    elif not mapping.columns and describes_others(sheet):
        log.note(_("Sheet '{sheet}' describes other sheets or their columns and holds no data, so it is not used. If "
                   "it holds a table, switch it on and choose its columns on the data page.", sheet=sheet.name))
    elif not mapping.columns and field_labels(sheet):
        log.note(_("Sheet '{sheet}' has the names of its fields down its first column. Copy the table, paste it "
                   "transposed, so that they stand side by side, and load the file again.", sheet=sheet.name))
    elif not area.header_row:
        log.note(_("Sheet '{sheet}' has no row with the names of its columns. If it holds a table, enter the number of "
                   "its header row on the data page.", sheet=sheet.name))
    elif not mapping.columns:
        log.note(_("Sheet '{sheet}' was not recognised as customers, contracts, usage or another table: no column "
                   "names a customer together with a date, an amount or an answer. If it is one, choose its columns on "
                   "the data page.", sheet=sheet.name))


def note_on_no_rows(sheet: Sheet, log: Log) -> None:
    log.note(_("Sheet '{sheet}' has the columns of a table, but no row that can be read. Fill in the rows and load the "
               "file again.", sheet=sheet.name))


def note_on_months(area: Area, mapping: SheetMapping, log: Log) -> None:
    """Months whose title says that they are no money: say that they were left, and what to do if they are."""
    months = [header for header in month_headers(area.headers, ANY_YEAR) if header in mapping.attributes]
    if len(months) >= FEWEST and not mapping.months and speaks_of_others(log.sheet, area.title):
        log.note(_("Columns '{first}' to '{last}' hold months, but the names of the sheet speak of ratings, contacts "
                   "or people and not of money, so they are kept as attributes. If they are MRR, choose so on the data "
                   "page.", first=months[0], last=months[-1]))


def says_who_left(header: str) -> bool:
    """Whether a header names the day of leaving, and not just any day.

    >>> says_who_left("Churn date"), says_who_left("Date")
    (True, False)
    """
    named = places(header)
    return bool({Place("subscriptions", "end_date"), Place("cancellations", "cancelled_on")} & set(named)) \
        and Place("interactions", "date") not in named


def note_on_contracts(area: Area, mapping: SheetMapping, log: Log) -> None:
    """A list of customers with a fee but no start, with days and amounts that nothing explains, or with a flag but no
    fee: say what would make numbers of it, where nothing else was said to lack."""
    if log.lacks or "customers" not in mapping.tables or "subscriptions" in mapping.tables:
        return
    wanted = {Place("subscriptions", "mrr"), Place("subscriptions", "amount")}
    fees = [header for header in mapping.attributes if wanted & set(places(header))]
    if fees:
        log.lack(_("Column '{column}' looks like a fee, but no column holds the start of the contract, so no "
                   "contracts were read. If there is one, choose it as start date on the data page.", column=fees[0]))
        return
    days, amounts = content_terms.days_and_amounts(
        content_names.Free.of(log.sheet, area, mapping.attributes)) if area.header_row else ([], [])
    if days and amounts:
        log.lack(_("Columns {days} hold days and {amounts} hold amounts, but no header says which are the start and "
                   "the fee of contracts, so no contracts were read. If some are, choose them on the data page.",
                   days=days, amounts=amounts))
        return
    flags = [header for header in mapping.attributes if places(header).get(Place("customers", "has_left"), 0.0) >= SURE
             and any(said.astype(bool).any() for said in left_words(area.body[[header]]).values())]
    if flags and "customers.has_left" not in mapping.columns:
        log.lack(_("Column '{column}' says who has left, but no column holds a fee, so nobody counts as gone. To count "
                   "customers without dates and fees, choose '{column}' as '{field}' on the data page.",
                   column=flags[0], field=TABLES["customers"].by_name["has_left"].label))
        return
    days = [header for header in mapping.attributes if says_who_left(header)
            and looks(area.body[header]).dates >= SURE]
    if days and "customers.has_left" not in mapping.columns:
        log.lack(_("Column '{column}' says when customers left, but no column holds a fee, so no contracts were read, "
                   "and nobody counts as gone. For churn month by month, add the start of each contract and its fee "
                   "and load the file again. For the share of customers who have left, choose '{column}' as '{field}' "
                   "on the data page.", column=days[0], field=TABLES["customers"].by_name["has_left"].label))
