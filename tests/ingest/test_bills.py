"""Invoices: whom their contacts are, which amount is the fee, and what each line pays for."""

import pytest

from tests.ingest.given import csv, reading

LINES = ("Cust #,Customer name,Inv. no.,Inv. date,Period from,Period to,Net,VAT,Gross\n"
         "C1,Alder Foods,1,03/01/2025,01/01/2025,31/01/2025,100,20,120\n"
         "C2,Birch Press,2,03/01/2025,01/01/2025,31/03/2025,600,120,720\n"
         "C1,Alder Foods,3,03/02/2025,01/02/2025,28/02/2025,100,20,120\n"
         "C1,Alder Foods,4,20/03/2025,01/03/2025,31/03/2025,150,30,180\n")
BILLS = ("*ContactName,*InvoiceNumber,*InvoiceDate,*Description,*Quantity,*UnitAmount,*AccountCode,*TaxType\n"
         "Alder Foods,1,25/02/2025,Support per user,3,20.00,200,20%\n"
         "Birch Press,2,25/02/2025,Support per user,5,30.00,200,20%\n"
         "Alder Foods,3,25/03/2025,Support per user,3,20.00,200,20%\n"
         "Birch Press,4,25/03/2025,Support per user,5,30.00,200,20%\n"
         "Alder Foods,5,25/04/2025,Support per user,4,20.00,200,20%\n")


def test_each_line_pays_its_net_amount_for_the_months_of_its_period_which_is_asked() -> None:
    found = reading(csv(LINES, "ledger.csv"))
    rows = found.tables["subscriptions"]
    # 600 for January to March is 200 a month
    assert rows["mrr"].tolist() == [100, 200, 100, 150]
    assert [str(day.date()) for day in rows["start_date"]] == ["2025-01-01", "2025-01-01", "2025-02-01", "2025-03-01"]
    assert {(one.column, one.assumed) for one in found.questions} == {("Net", "term")}


def test_contacts_of_invoices_are_customers_accounts_of_the_books_are_not_and_units_are_multiplied() -> None:
    found = reading(csv(BILLS, "SalesInvoices.csv"))
    rows = found.tables["subscriptions"]
    # 3 x 20 in February and March, 4 x 20 in April; 5 x 30 in February and March
    assert [(*row,) for row in rows[["customer_id", "mrr"]].to_numpy()] == [
        ("Alder Foods", 60), ("Birch Press", 150), ("Alder Foods", 80)]
    assert any(one.id.startswith("unit_price:") for one in found.questions)


def test_a_contact_beside_a_known_customer_is_no_customer() -> None:
    found = reading(csv("Customer,Contact,Invoice no,Invoice date,Amount\nAlder Foods,Jo Doe,1,2025-01-25,10\n"
                        "Birch Press,Al Poe,2,2025-01-25,10\nAlder Foods,Jo Doe,3,2025-02-25,10\n"))
    assert found.mapping.columns["subscriptions.customer_id"] == "Customer"


def test_net_is_no_fee_where_lines_have_no_period() -> None:
    found = reading(csv("Customer,Inv. no.,Inv. date,Net,Due\nAlder Foods,1,2025-01-03,10,2025-02-02\n"
                        "Birch Press,2,2025-01-09,20,2025-02-08\n"))
    assert "Net" not in found.mapping.columns.values()


PREPAID = ("Harbour Software Ltd,,,,,,,,,,\nPrepaid invoices,,,,,,,,,,\n\n"
           "Invoice no,Customer ref,Customer,Service from,Service to,Net (GBP),VAT,Gross,Raised,Due,Paid\n"
           "INV-1001,K10,Alder Foods,01/02/2024,31/01/2026,24960,4992,29952,18/01/2024,17/02/2024,16/02/2024\n"
           "INV-1002,K11,Birch Press,01/03/2024,31/08/2024,1800,360,2160,16/02/2024,17/03/2024,20/03/2024\n"
           "INV-1003,K12,Cedar Labs,01/04/2024,31/03/2025,5400,1080,6480,18/03/2024,17/04/2024,18/04/2024\n"
           "INV-1004,K11,Birch Press,01/09/2024,28/02/2025,1800,360,2160,18/08/2024,17/09/2024,22/09/2024\n"
           ",,,,Total,33960,6792,40752,,,\n")
PREPAID_MRR = [1040.0, 300.0, 450.0, 300.0]  # 24960 / 24, 1800 / 6, 5400 / 12, 1800 / 6


@pytest.mark.parametrize(("first", "last"), [
    ("Service from", "Service to"), ("Billed from", "Billed to"), ("Coverage start", "Coverage end"), ("From", "To")])
def test_a_prepaid_invoice_is_spread_over_its_months_and_its_number_is_no_interval(first: str, last: str) -> None:
    found = reading(csv(PREPAID.replace("Service from", first).replace("Service to", last), "prepaid.csv"))
    rows = found.tables["subscriptions"]
    assert rows["mrr"].tolist() == PREPAID_MRR
    assert str(rows["end_date"][0].date()) == "2026-01-31"
    assert "subscriptions.billing_interval" not in found.mapping.columns
    assert ("Net (GBP)", "term") in {(one.column, one.assumed) for one in found.questions}


@pytest.mark.parametrize("header", ["Service period", "Billing period", "Period", "Coverage"])
def test_the_period_of_an_invoice_may_stand_in_one_cell_and_ends_with_it(header: str) -> None:
    text = PREPAID.replace("Service from,Service to", header).replace(",,,,Total", ",,,Total")
    joined = text.replace("2024,31/", "2024 - 31/").replace("2024,28/", "2024 - 28/")
    found = reading(csv(joined, "prepaid.csv"))
    rows = found.tables["subscriptions"]
    assert rows["mrr"].tolist() == PREPAID_MRR
    assert str(rows["end_date"][1].date()) == "2024-08-31"


def test_a_net_amount_told_by_content_is_not_monthly_beside_periods_of_many_months() -> None:
    found = reading(csv(PREPAID.replace("Invoice no", "Doc").replace("INV-", "S"), "ledger.csv"))
    assert found.tables["subscriptions"]["mrr"].tolist() == PREPAID_MRR
    assert ("Net (GBP)", "term") in {(one.column, one.assumed) for one in found.questions}


@pytest.mark.parametrize("paid", ["1", "29952.00"])
def test_whether_an_invoice_was_paid_is_no_interval(paid: str) -> None:
    text = PREPAID
    for day in ("16/02/2024\n", "20/03/2024\n", "18/04/2024\n", "22/09/2024\n"):
        text = text.replace("," + day, f",{paid}\n")
    rows = reading(csv(text, "prepaid.csv")).tables["subscriptions"]
    assert rows["mrr"].tolist() == PREPAID_MRR
