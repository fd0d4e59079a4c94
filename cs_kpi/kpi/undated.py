"""Which KPIs a list without dates can tell, decided by what its measures declare."""

from __future__ import annotations

from cs_kpi.book import Book
from cs_kpi.kpi.registry import Kpi
from cs_kpi.locale import Message, _
from cs_kpi.tables import SUBSCRIPTIONS


def missing(book: Book, kpi: Kpi) -> Message | None:
    """Why a KPI is not available for a snapshot: it takes dates, or an amount that is missing or cannot be summed."""
    measures = [term.measure for term in kpi.terms]
    if any(one.undated is None for one in measures) or all(one.undated == "silent" for one in measures):
        fields = SUBSCRIPTIONS.by_name
        return _("This takes dates, which a snapshot does not have. Assign '{start}' and '{end}' on the data page, or "
                 "load contracts that have them.", start=fields["start_date"].label, end=fields["end_date"].label)
    if not any(one.unit == "money" for one in measures):
        return None
    if book.obstacle:
        return book.obstacle
    if not book.has("subscriptions.mrr"):
        return _("No column is mapped to '{field}' ({table}). Assign one on the data page.",
                 field=SUBSCRIPTIONS.by_name["mrr"].label, table=SUBSCRIPTIONS.label)
    return None


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
