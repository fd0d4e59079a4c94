"""Which KPIs a list without dates can tell, decided by what its measures declare."""

from __future__ import annotations

from cs_kpi.book import Book
from cs_kpi.kpi.registry import Kpi
from cs_kpi.locale import Message, _
from cs_kpi.tables import SUBSCRIPTIONS

START, AMOUNT = "subscriptions.start_date", "subscriptions.mrr"


def lacking(book: Book, kpi: Kpi) -> str | None:
    """The field that a list without dates lacks for a KPI: a date, or an amount; None where it has what it takes."""
    measures = [term.measure for term in kpi.terms]
    if any(one.undated is None for one in measures) or all(one.undated == "silent" for one in measures):
        return START
    return AMOUNT if any(one.unit == "money" for one in measures) and not book.has(AMOUNT) else None


def missing(book: Book, kpi: Kpi) -> Message | None:
    """Why a KPI is not available for a snapshot: it takes dates, or an amount that is missing or cannot be summed."""
    fields, lack = SUBSCRIPTIONS.by_name, lacking(book, kpi)
    if lack == START:
        return _("This takes dates, which a snapshot does not have. Assign '{start}' and '{end}' on the data page, or "
                 "load contracts that have them.", start=fields["start_date"].label, end=fields["end_date"].label)
    if lack == AMOUNT:
        return _("No column is mapped to '{field}' ({table}). Assign one on the data page.", field=fields["mrr"].label,
                 table=SUBSCRIPTIONS.label)
    if book.obstacle and any(term.measure.unit == "money" for term in kpi.terms):
        return book.obstacle
    lacks = dict.fromkeys(term.measure.lacks for term in kpi.terms if term.measure.lacks is not None)
    return next((reason for lack in lacks if (reason := lack(book))), None)


def left_out(book: Book, kpi: Kpi) -> list[Message]:
    """What a snapshot cannot say of a number that it gives."""
    assert book.snapshot is not None
    found = []
    if any(term.measure.undated == "silent" for term in kpi.terms):
        found.append(_("A snapshot shows who left, and no change of price: contraction is not in this number."))
    if book.snapshot.overdrawn:
        found.append(_("Customers whose credit notes exceed their contracts at the closing: {n}. Their MRR counts as "
                       "0.", n=book.snapshot.overdrawn))
    money = any(term.measure.unit == "money" for term in kpi.terms)
    if money and (free := int((book.snapshot.was_there & (book.snapshot.opening == 0)).sum())):
        found.append(_("Customers without an amount: {n}. They count as customers, with an MRR of 0.", n=free))
    if book.rows_refused:
        found.append(_("Rows refused at import: {n}. They are listed on the data page.", n=book.rows_refused))
    return found
