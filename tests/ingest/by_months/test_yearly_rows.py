"""A yearly fee among monthly bills is paid for twelve months."""

from cs_kpi.ingest.records import SheetReading
from tests.ingest.given import reading, sheet

BILLS = sheet(
    ["顧客名", "請求日", "品目", "金額"],
    ["A社", "2024/4/1", "月額利用料", 1000], ["B社", "2024/4/1", "年間利用料", 12000],
    ["A社", "2024/5/1", "月額利用料", 1000], ["A社", "2024/6/1", "月額利用料", 1000],
    ["C社", "2024/5/1", "月額利用料", 900], ["C社", "2024/6/1", "月額利用料", 900])


def runs(read: SheetReading) -> list[tuple[object, ...]]:
    frame = read.tables["subscriptions"]
    return list(zip(frame["customer_id"], frame["start_date"].dt.strftime("%Y-%m"),
                    frame["end_date"].isna(), frame["mrr"], strict=True))


def test_a_yearly_fee_among_monthly_bills_runs_on_with_a_twelfth_of_it_and_is_asked_about() -> None:
    read = reading(BILLS)
    assert runs(read) == [("A社", "2024-04", True, 1000), ("B社", "2024-04", True, 1000), ("C社", "2024-05", True, 900)]
    assert [(one.id, one.assumed) for one in read.questions] == [("yearly_words:品目", "year")]


def test_the_user_may_say_that_it_is_a_monthly_fee() -> None:
    assert ("B社", "2024-04", False, 12000) in runs(reading(BILLS, yearly_words="month"))


def test_a_yearly_contract_that_is_paid_each_month_is_no_yearly_fee() -> None:
    read = reading(sheet(["Customer", "Month", "Plan", "Amount"],
                         *(["A", f"2024-{month:02d}", "Annual plan", 100] for month in range(1, 7)),
                         *(["B", f"2024-{month:02d}", "Monthly plan", 120] for month in range(1, 7))))
    assert read.questions == ()
    assert runs(read) == [("A", "2024-01", True, 100), ("B", "2024-01", True, 120)]


def test_the_year_ends_after_twelve_months_unless_it_is_paid_again() -> None:
    rows = [["B", "2023-01", "Annual license", 1200], ["D", "2023-01", "Annual license", 2400],
            ["D", "2024-01", "Annual license", 2400],
            *(["A", f"{year}-{month:02d}", "Monthly fee", 90] for year in (2023, 2024) for month in range(1, 13))]
    frame = reading(sheet(["Customer", "Month", "Item", "Amount"], *rows)).tables["subscriptions"]
    ends = dict(zip(frame["customer_id"], frame["end_date"].dt.strftime("%Y-%m").fillna(""), strict=True))
    assert ends == {"B": "2024-01", "D": "", "A": ""}
    assert dict(zip(frame["customer_id"], frame["mrr"], strict=True)) == {"B": 100, "D": 200, "A": 90}


def test_contracts_whose_items_are_by_month_and_by_year_are_each_what_they_say() -> None:
    read = reading(sheet(["顧客名", "契約開始日", "品目", "料金"], ["A社", "2024/4/1", "月額利用料", 1000],
                         ["B社", "2024/4/1", "年間利用料", 12000], ["C社", "2024/5/1", "月額利用料", 900]))
    assert read.tables["subscriptions"]["mrr"].tolist() == [1000.0, 1000.0, 900.0]
    assert [one.id for one in read.questions] == ["yearly_words:品目"]


def test_a_yearly_plan_at_the_price_of_the_others_is_paid_by_the_month() -> None:
    read = reading(sheet(["顧客名", "契約開始日", "プラン", "料金"], ["A社", "2024/4/1", "月額プラン", 1000],
                         ["B社", "2024/4/1", "年間プラン", 900], ["C社", "2024/5/1", "月額プラン", 1000]))
    assert read.tables["subscriptions"]["mrr"].tolist() == [1000.0, 900.0, 1000.0]
    assert {one.id: one.assumed for one in read.questions}["yearly_words:プラン"] == "month"


def test_a_monthly_fee_stays_one_whatever_its_plan_is_called() -> None:
    read = reading(sheet(["顧客名", "契約開始日", "プラン", "月額"], ["A社", "2024/4/1", "年間プラン", 12000],
                         ["B社", "2024/4/1", "月額プラン", 1000], ["C社", "2024/5/1", "月額プラン", 1000]))
    assert read.tables["subscriptions"]["mrr"].tolist() == [12000.0, 1000.0, 1000.0]
    assert read.questions == ()
