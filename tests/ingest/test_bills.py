"""Invoices: whom their contacts are, which amount is the fee, and what each line pays for."""

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
