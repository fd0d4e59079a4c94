"""Lists of farewells: the day of leaving, and rows that are no farewell."""

from tests.ingest.given import reading, sheet

HEAD = ["Date", "Customer", "Event", "Reason"]
ROWS = [["2025-03-03", "Alder Foods", "Cancel", "Price"], ["2025-03-04", "Bramble Ltd", "Downgrade", "Budget"],
        ["2025-03-05", "Corvid plc", "Cancelled", "Product"], ["2025-03-09", "Dace Inc", "Cancel", "Moved"]]


def test_rows_that_are_no_farewell_are_left_out_and_asked_about() -> None:
    given = sheet(HEAD, *ROWS, file="Downgrades and cancels.csv")
    read = reading(given)
    assert read.tables["cancellations"]["customer_id"].tolist() == ["Alder Foods", "Corvid plc", "Dace Inc"]
    assert [question.id for question in read.questions] == ["partings:Event"]
    assert len(reading(given, partings="yes").tables["cancellations"]) == 4


def test_the_day_from_which_a_cancellation_is_effective_is_that_of_leaving() -> None:
    rows = [["2025-02-01", "Alder Foods", "2025-03-31", "Price"],
            ["2025-02-09", "Bramble Ltd", "2025-04-30", "Product"]]
    head = ["Request received", "Customer", "Effective date", "Reason given"]
    columns = reading(sheet(head, *rows, file="Cancellation requests.csv")).mapping.columns
    assert columns["cancellations.cancelled_on"] == "Effective date"
    assert columns["cancellations.reason"] == "Reason given"


def test_an_effective_day_beside_a_fee_begins_a_contract_whatever_the_file_is_called() -> None:
    rows = [["A-1", "2025-02-01", 100], ["A-2", "2025-03-01", 200]]
    columns = reading(sheet(["Account ID", "Effective date", "MRR"], *rows, file="Churn book.csv")).mapping.columns
    assert columns["subscriptions.start_date"] == "Effective date"
