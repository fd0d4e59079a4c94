"""What the rows of a sheet are: told by its title where its columns are no more than a customer and a day."""

import pytest

from tests.ingest.given import reading, sheet

ROWS = [["Alder Foods", "2025-03-03"], ["Bramble Ltd", "2025-03-04"], ["Alder Foods", "2025-03-05"],
        ["Corvid plc", "2025-03-06"], ["Bramble Ltd", "2025-03-07"]]


@pytest.mark.parametrize(("file", "table", "day"), [
    ("Logins March.csv", "usage", "date"), ("Customer logins.csv", "usage", "date"),
    ("QBR log 2025.csv", "interactions", "date"), ("Client meetings.csv", "interactions", "date"),
    ("Lost customers.csv", "cancellations", "cancelled_on")])
def test_a_customer_and_a_day_are_rows_of_the_table_of_which_the_title_speaks(file: str, table: str, day: str) -> None:
    read = reading(sheet(["Account", "Date"], *ROWS, file=file))
    assert read.mapping.columns == {f"{table}.customer_id": "Account", f"{table}.{day}": "Date"}
    assert len(read.tables[table]) == 5


def test_who_a_user_is_names_no_customer_beside_the_company() -> None:
    rows = [["2025-03-03", "d1", "export", "Alder Foods"], ["2025-03-04", "d2", "share", "Bramble Ltd"],
            ["2025-03-05", "d1", "export", "Alder Foods"], ["2025-03-06", "d3", "share", "Corvid plc"]]
    read = reading(sheet(["day", "user_id", "event_name", "company"], *rows, file="events.csv"))
    assert read.mapping.columns == {"usage.customer_id": "company", "usage.user_id": "user_id",
                                    "usage.feature": "event_name", "usage.date": "day"}


def test_what_is_planned_is_no_step_that_was_done() -> None:
    rows = [["Alder Foods", "2025-01-10", "2025-02-01", "2025-03-01", "2025-03-05"],
            ["Bramble Ltd", "2025-01-12", "2025-02-03", "2025-03-02", None],
            ["Corvid plc", "2025-01-13", None, "2025-03-09", None]]
    head = ["Client", "Kickoff", "Tenant created", "Go-live (plan)", "Go-live (actual)"]
    read = reading(sheet(head, *rows, file="Onboarding.csv"))
    assert list(read.mapping.milestones) == ["Kickoff", "Tenant created", "Go-live (actual)"]
    assert "Go-live (plan)" not in read.mapping.columns.values()


def test_a_day_that_may_be_any_is_not_said_to_be_that_of_leaving() -> None:
    notes = [note.text("en") for note in reading(sheet(["Account", "Date"], *ROWS, file="list.csv")).notes]
    assert not any("when customers left" in note for note in notes)


def test_milliseconds_are_converted_to_minutes() -> None:
    rows = [["Alder Foods", "2025-03-03", 120_000], ["Bramble Ltd", "2025-03-04", 90_000]]
    read = reading(sheet(["Account", "Date", "duration_ms"], *rows, file="sessions.csv"))
    assert read.tables["usage"]["minutes"].tolist() == [2.0, 1.5]
    assert any("milliseconds" in note.text("en") for note in read.notes)


@pytest.mark.parametrize(("answer", "table"), [("interactions", "interactions"), ("usage", "usage"),
                                               ("cancellations", "cancellations"), ("customers", "customers")])
def test_what_rows_without_a_telling_word_are_is_asked_and_read_as_answered(answer: str, table: str) -> None:
    given = sheet(["Account", "Date", "Course"], *[[*row, "Basics"] for row in ROWS], file="list.csv")
    read = reading(given, rows_are=answer)
    assert list(read.tables) == [table]
    assert [question.assumed for question in read.questions if question.id == "rows_are:Date"] == ["interactions"]


def test_a_list_in_which_nobody_stands_twice_is_read_as_customers_until_the_answer() -> None:
    rows = [["Alder Foods", "2025-03-03"], ["Bramble Ltd", "2025-03-04"], ["Corvid plc", "2025-03-05"]]
    read = reading(sheet(["Account", "Date"], *rows, file="list.csv"))
    assert list(read.tables) == ["customers"]
    assert [question.assumed for question in read.questions] == ["customers"]


def test_a_bare_day_on_a_list_of_those_who_went_live_is_that_day() -> None:
    read = reading(sheet(["Account", "Date"], *ROWS[:2], ROWS[3], file="Go-lives Q1.csv"))
    assert read.mapping.columns["customers.onboarding_completed_on"] == "Date"


def test_a_session_begins_where_nothing_is_paid_and_a_contract_where_something_is() -> None:
    head, rows = ["account_id", "user_id", "started_at", "duration_min"], [
        ["A-1", "u1", "2025-03-03", 12], ["A-2", "u2", "2025-03-04", 9], ["A-1", "u3", "2025-03-05", 4]]
    assert reading(sheet(head, *rows)).mapping.columns["usage.date"] == "started_at"
    paid = reading(sheet([*head, "mrr"], *[[*row, 100] for row in rows])).mapping.columns
    assert paid["subscriptions.start_date"] == "started_at"


def test_a_day_beside_numbers_is_no_use_by_its_title_alone() -> None:
    rows = [[*row, 40, count] for count, row in enumerate(ROWS)]
    head = ["Account", "snapshot_date", "seats_assigned", "seats_active_30d"]
    read = reading(sheet(head, *rows, file="seat_usage.csv"))
    assert "usage" not in read.tables


@pytest.mark.parametrize("day", ["解約申出日", "解約日", "退会届受理日"])
def test_a_log_of_leavers_that_says_since_when_and_for_how_much_tells_of_contracts_too(day: str) -> None:
    rows = [[f"株式会社{name}", f"2023-0{at}-01", f"2024-0{at}-10", 10000 * at, "コスト削減"]
            for at, name in enumerate(("青葉", "北斗", "白樺", "東雲"), start=1)]
    read = reading(sheet(["契約先", "利用開始日", day, "月額料金", "解約理由"], *rows, file="解約一覧.xlsx"))
    assert read.tables["subscriptions"]["mrr"].tolist() == [10000, 20000, 30000, 40000]
    assert [str(one.date()) for one in read.tables["subscriptions"]["end_date"]][:2] == ["2024-01-10", "2024-02-10"]
    assert [str(one.date()) for one in read.tables["cancellations"]["cancelled_on"]][:2] == ["2024-01-10", "2024-02-10"]
    assert set(read.tables["cancellations"]["reason"]) == {"コスト削減"}


def test_numbers_of_approvals_beside_the_names_of_customers_are_no_keys_of_theirs() -> None:
    rows = [[name, number, "契約中" if at % 3 else "解約", 5000 * at, at * 3]
            for at, (name, number) in enumerate(
                (("株式会社青葉", 11), ("株式会社北斗", 43), ("白樺商事", 11), ("東雲電機", 7)), start=1)]
    read = reading(sheet(["会社名", "稟議番号", "契約状況", "月額", "利用月数"], *rows))
    assert read.mapping.shape == "snapshot"
    assert read.mapping.columns["customers.customer_id"] == "会社名"


def test_a_state_says_who_has_left_where_nothing_is_of_a_ticket() -> None:
    rows = [[f"A-{at}", f"Alder {at} Ltd", at * 4, "churned" if at == 2 else "active", 100 * at, "Gold", at]
            for at in range(1, 7)]
    head = ["account_no", "client", "months_as_customer", "state", "monthly_fee_usd", "edition", "licences"]
    read = reading(sheet(head, *rows))
    assert read.mapping.shape == "snapshot"
    assert read.tables["customers"]["has_left"].tolist() == [False, True, False, False, False, False]
    assert read.tables["customers"]["tenure_months"].tolist() == [4, 8, 12, 16, 20, 24]
    assert read.tables["subscriptions"]["mrr"].tolist() == [100, 200, 300, 400, 500, 600]


@pytest.mark.parametrize("header", ["現ARR", "契約ARR", "ARR"])
def test_arr_after_japanese_words_is_a_years(header: str) -> None:
    rows = [[f"C{at}", f"2023-0{at}-01", 120000 * at] for at in range(1, 5)]
    read = reading(sheet(["顧客ID", "契約開始日", header], *rows))
    assert read.tables["subscriptions"]["mrr"].tolist() == [10000, 20000, 30000, 40000]


def test_seats_over_the_contract_are_no_fee() -> None:
    rows = [[f"C{at}", f"2023-0{at}-01", 1200 * at, at] for at in range(1, 5)]
    read = reading(sheet(["Customer ID", "Contract start", "Annual fee", "Overage seats"], *rows))
    assert read.tables["subscriptions"]["mrr"].tolist() == [100, 200, 300, 400]
