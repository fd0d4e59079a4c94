"""In a table by months, the amount of a row that says Churned is asked about, and assumed to be what was lost."""

from cs_kpi.ingest.records import SheetReading
from tests.ingest.given import reading, sheet

LOG = sheet(["Customer", "Month", "MRR", "Status"],
            ["A", "2025-01", 100, "New"], ["A", "2025-02", 100, "Active"], ["A", "2025-03", 100, "Churned"],
            ["B", "2025-01", 50, "New"], ["B", "2025-02", 50, "Active"], ["B", "2025-03", 50, "Active"],
            ["B", "2025-04", 50, "Active"])


def ends(read: SheetReading) -> list[tuple[str, str]]:
    frame = read.tables["subscriptions"]
    return list(zip(frame["customer_id"], frame["end_date"].dt.strftime("%Y-%m").fillna(""), strict=True))


def test_a_churned_month_is_one_without_mrr_and_is_asked_about() -> None:
    read = reading(LOG)
    assert ends(read) == [("A", "2025-03"), ("B", "")]
    assert [(one.id, one.assumed) for one in read.questions] == [("left_month:Status", "lost")]


def test_the_user_may_say_that_it_was_still_paid() -> None:
    assert ends(reading(LOG, left_month="paid")) == [("A", "2025-04"), ("B", "")]


def test_a_status_that_every_month_of_a_customer_repeats_takes_no_month_away() -> None:
    read = reading(sheet(["Customer", "Month", "MRR", "Status"],
                         *(["A", f"2025-0{month}", 100, "Churned"] for month in (1, 2, 3)),
                         *(["B", f"2025-0{month}", 50, "Active"] for month in (1, 2, 3, 4))))
    assert ends(read) == [("A", "2025-04"), ("B", "")]
    assert read.questions == ()
