"""One column per milestone becomes one row per completed step (handbook 1)."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import given as generated
from hypothesis import settings
from hypothesis import strategies as st

from cs_kpi.ingest.corrections import corrected
from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from cs_kpi.ingest.records import Sheet, SheetReading
from cs_kpi.ingest.understanding import document_text, mappings
from cs_kpi.locale import LANGUAGES, Language
from cs_kpi.samples import SampleKind, sample
from tests.ingest.given import SHARED, csv, reading, shared, sheet

STEPS = ["キックオフ", "初期設定完了", "初回ログイン", "本番稼働"]
WIDE = sheet(["顧客名", "担当CSM", *STEPS, "進捗", "ステータス"],
             ["A", "佐藤", "2024-04-01", "2024-04-05", "2024/4/9", "令和6年5月1日", "100%", "完了"],
             ["B", "佐藤", "2024-04-03", "－", "未", None, "25%", "対応中"],
             ["C", "鈴木", "未完了", "－", None, None, "0%", "対応中"], name="オンボーディング")
DONE = [("A", "キックオフ", "2024-04-01"), ("A", "初期設定完了", "2024-04-05"), ("A", "初回ログイン", "2024-04-09"),
        ("A", "本番稼働", "2024-05-01"), ("B", "キックオフ", "2024-04-03")]


def done(found: SheetReading) -> list[tuple[Any, ...]]:
    frame = found.tables["milestones"]
    return list(zip(frame["customer_id"], frame["milestone"], frame["completed_on"].dt.strftime("%Y-%m-%d"),
                    strict=True))


def notes(found: SheetReading) -> str:
    return "\n".join(note.text("en") for note in found.notes)


def test_each_day_in_a_column_of_a_milestone_is_a_completed_step():
    assert done(reading(WIDE)) == DONE
    assert reading(WIDE).refusals == ()
    assert reading(WIDE).tables["customers"]["customer_id"].tolist() == ["A", "B", "C"]


def test_a_share_and_a_status_of_the_whole_are_attributes_and_no_milestones():
    found = reading(WIDE)
    assert found.mapping.attributes == ("進捗", "ステータス")
    assert found.tables["customers"]["ステータス"].tolist() == ["完了", "対応中", "対応中"]
    assert "Columns 進捗, ステータス tell how far the onboarding is" in notes(found)


@pytest.mark.parametrize(("headers", "names"), [
    (["Kickoff", "Data imported at", "First login"], ["Kickoff", "Data imported", "First login"]),
    (["step_1_signup", "step_2_profile"], ["step_1_signup", "step_2_profile"]),
    (["キックオフ日", "初期設定完了日"], ["キックオフ", "初期設定完了"]),
    (["Kickoff completed on", "Setup completed on"], ["Kickoff completed", "Setup completed"]),
    (["アカウント発行日", "データ移行日", "操作研修日"], ["アカウント発行", "データ移行", "操作研修"])])
def test_the_milestone_is_called_as_its_column_without_the_word_for_day(headers: list[str], names: list[str]):
    given = sheet(["customer", *headers], ["A", *["2024-04-01"] * len(headers)], ["B", *[None] * len(headers)],
                  name="Onboarding")
    assert list(guess(given).milestones.values()) == names


def test_a_list_of_customers_may_have_a_run_of_milestones():
    found = reading(sheet(
        ["顧客ID", "顧客名", "契約開始日", "月額", "Kickoff date", "Data imported at", "First login", "industry"],
        ["1", "A", "2024-04-01", 100, dt.datetime(2024, 4, 2), dt.datetime(2024, 4, 5), None, "x"],
        ["2", "B", "2024-04-01", 100, dt.datetime(2024, 4, 3), None, None, "y"]))
    assert found.mapping.shape == "one_row_per_customer"
    assert done(found) == [("1", "Kickoff", "2024-04-02"), ("1", "Data imported", "2024-04-05"),
                           ("2", "Kickoff", "2024-04-03")]
    assert found.tables["subscriptions"]["mrr"].tolist() == [100, 100]


def test_one_column_is_enough_where_the_name_speaks_of_onboarding():
    rows: list[list[Any]] = [["会社名", "キックオフ日"], ["A", "2024-04-01"], ["B", None]]
    assert guess(sheet(*rows, name="導入管理")).milestones == {"キックオフ日": "キックオフ"}
    assert guess(sheet(*rows, name="導入企業一覧")).milestones == {}


@pytest.mark.parametrize("headers", [
    ["請求書発行日", "入金日", "検収日"], ["次回訪問予定日", "最終ログイン日", "生年月日"],
    ["created at", "updated at", "last seen"],
    ["キックオフ予定日", "初期設定期限", "本番稼働目標"], ["Kickoff due date", "Go-live planned"]])
def test_other_days_are_no_milestones(headers: list[str]):
    given = sheet(["顧客名", "契約開始日", "月額", *headers], ["A", "2024-04-01", 100, *["2024-04-02"] * len(headers)],
                  ["B", "2024-05-01", 100, *["2024-05-02"] * len(headers)])
    assert guess(given).milestones == {}


def test_a_planned_day_beside_a_real_one_is_an_attribute():
    mapping = guess(sheet(["顧客名", "キックオフ 予定", "キックオフ 実績"], ["A", "2024-04-01", "2024-04-03"],
                          name="オンボーディング"))
    assert (mapping.milestones, mapping.attributes) == ({"キックオフ 実績": "キックオフ"}, ("キックオフ 予定",))


def test_tickets_are_no_milestones():
    given = csv("ticket_id,customer_id,submitted_at,first_response_at,closed_at,priority\n1,A,2024-01-01,2024-01-02,"
                "2024-01-03,high\n2,A,2024-01-05,2024-01-05,2024-01-06,low\n", "tickets.csv")
    assert guess(given).milestones == {}


def test_the_day_of_going_live_alone_stays_the_end_of_onboarding():
    alone = guess(sheet(["顧客名", "契約開始日", "月額", "本番稼働日"], ["A", "2024-04-01", 1, "2024-05-01"],
                        ["B", "2024-04-01", 1, "2024-05-01"]))
    assert (alone.milestones, alone.columns["customers.onboarding_completed_on"]) == ({}, "本番稼働日")
    whole = guess(sheet(["顧客名", "キックオフ日", "完了日"], ["A", "2024-04-01", "2024-05-01"], name="Onboarding"))
    assert whole.milestones == {"キックオフ日": "キックオフ"}
    assert whole.columns["customers.onboarding_completed_on"] == "完了日"


TICKED = sheet(["顧客名", "キックオフ", "初期設定", "確認日"], ["A", "✓", "済", "2024-04-01"],
               ["B", "○", None, "2024-04-08"], ["C", "TRUE", "2024-04-20", None],
               ["D", "×", False, "2024-04-09"], name="オンボーディング")


def test_ticks_without_a_day_are_counted_and_not_read():
    found = reading(sheet(["顧客名", "キックオフ", "初期設定"], ["A", "✓", "2024-04-02"], ["B", "完了", None],
                          name="オンボーディング"))
    assert done(found) == [("A", "初期設定", "2024-04-02")]
    assert "completed, but not when, were not read: 2 (columns キックオフ)" in notes(found)
    assert (found.refusals, found.questions) == ((), ())


def test_the_day_of_ticks_is_asked_for_where_the_sheet_has_other_days():
    given = sheet(["顧客名", "契約開始日", "月額", "初回設定", "初回ログイン"],
                  ["A", "2024-04-01", 100, "✓", "2024-04-09"], ["B", "2024-04-08", 100, "済", None],
                  ["C", "2024-04-08", 100, "未", None], name="オンボーディング")
    asked, = reading(given).questions
    assert (asked.id, asked.assumed) == ("tick_day:初回設定", "left_out")
    assert list(asked.options) == ["left_out", "契約開始日"]
    assert done(reading(given)) == [("A", "初回ログイン", "2024-04-09")]
    assert done(reading(given, tick_day="契約開始日")) == [
        ("A", "初回設定", "2024-04-01"), ("A", "初回ログイン", "2024-04-09"), ("B", "初回設定", "2024-04-08")]


def test_ticks_take_the_day_of_a_column_that_is_an_attribute_too():
    mapping = corrected(guess(TICKED), "確認日", None)
    found = read(TICKED, mapping.model_copy(update={"answers": {"tick_day:キックオフ": "確認日"}}))
    assert done(found) == [("A", "キックオフ", "2024-04-01"), ("A", "初期設定", "2024-04-01"),
                           ("B", "キックオフ", "2024-04-08"),
                           ("C", "初期設定", "2024-04-20")]  # C's tick has no day there either


def test_only_the_cell_that_says_neither_is_refused():
    found = reading(sheet(["顧客名", "キックオフ", "初期設定"], ["A", "来週", "2024-04-02"], [None, "2024-04-01", None],
                          ["C", "2024-04-01", "2024-04-02"], name="オンボーディング"))
    assert done(found) == [("A", "初期設定", "2024-04-02"), ("C", "キックオフ", "2024-04-01"),
                           ("C", "初期設定", "2024-04-02")]
    assert [(one.row, one.column, one.value) for one in found.refusals] == [
        (2, "キックオフ", "来週"), (3, "顧客名", "")]


def test_a_column_is_made_a_milestone_by_hand_and_taken_back():
    given = sheet(["顧客名", "契約開始日", "月額", "検収日"], ["A", "2024-04-01", 100, "2024-04-20"])
    mapping = corrected(guess(given), "検収日", "milestones")
    assert done(read(given, mapping)) == [("A", "検収", "2024-04-20")]
    back = corrected(mapping, "検収日", None)
    assert (back.milestones, back.attributes) == ({}, ("検収日",))
    assert "milestones" not in back.tables


def test_the_document_reads_back():
    found = reading(WIDE)
    assert mappings(document_text([found])) == [found.mapping]
    assert list(found.mapping.milestones) == STEPS


def test_a_column_that_is_gone_is_named():
    mapping = guess(WIDE)
    fewer = Sheet(WIDE.file, WIDE.name, WIDE.cells.drop(columns=3).set_axis(range(7), axis=1))
    assert "no column '初期設定完了' any more" in notes(read(fewer, mapping))


days = st.one_of(st.none(), st.dates(dt.date(2024, 1, 1), dt.date(2024, 12, 31)))


@settings(max_examples=20, deadline=None)
@generated(st.lists(st.tuples(days, days, days), min_size=2, max_size=6).filter(
    lambda rows: all(any(row[place] for row in rows) for place in range(3))))
def test_wide_milestones_say_the_same_as_the_long_table(rows: list[tuple[dt.date | None, ...]]):
    names = ["Kickoff", "Setup", "First login"]
    wide = sheet(["customer", *names], *([f"C{place}", *(day and day.isoformat() for day in row)]
                                         for place, row in enumerate(rows)), name="Onboarding")
    long = csv("customer,milestone,completed_on\n" + "".join(
        f"C{place},{name},{day or ''}\n" for place, row in enumerate(rows)
        for name, day in zip(names, row, strict=True)))
    assert done(reading(wide)) == done(reading(long))


FUNNEL = "user_id,signup_date,step_name,step_completed,timestamp,plan\n" \
    "1,2025-06-01,Email Confirmed,True,2025-06-01 00:10:00,free\n" \
    "1,2025-06-01,Invite Member,True,2025-06-02 09:00:00,paid\n" \
    "2,2025-06-03,Email Confirmed,True,2025-06-03 00:03:00,free\n2,2025-06-03,Invite Member,False,,free\n" \
    "3,2025-06-04,Email Confirmed,False,,trial\n"


def test_a_funnel_in_rows_keeps_who_completed_nothing():
    found = reading(csv(FUNNEL))
    assert done(found) == [("1", "Email Confirmed", "2025-06-01"), ("1", "Invite Member", "2025-06-02"),
                           ("2", "Email Confirmed", "2025-06-03")]
    assert found.tables["customers"]["customer_id"].tolist() == ["1", "2", "3"]


def test_the_published_funnel_is_reproduced():
    found = reading(shared("onboarding/saas_onboarding_funnel_dataset.csv")[0])
    published = pd.read_csv(SHARED / "onboarding/funnel_summary.csv")
    counts = found.tables["milestones"].groupby(["plan_type", "milestone"]).size()
    assert counts.to_dict() == published.set_index(["plan_type", "step_name"])["completed_users"].to_dict()
    steps = found.tables["milestones"].groupby("customer_id")["milestone"].nunique()
    assert (len(found.tables["customers"]), int((steps == 5).sum())) == (300, 38)  # 12.67 %


def test_the_published_funnel_is_the_same_with_a_column_per_step():
    long, = shared("onboarding/saas_onboarding_funnel_dataset.csv")
    frame = pd.DataFrame(long.cells.iloc[1:].to_numpy(), columns=long.cells.iloc[0])
    wide = frame.pivot_table(index="user_id", columns="step_name", values="timestamp", aggfunc="first", dropna=False)
    wide = wide.reset_index().astype(object).where(wide.reset_index().notna(), None)
    found = reading(sheet(list(wide.columns), *wide.to_numpy().tolist(), name="Onboarding"))
    assert sorted(done(found)) == sorted(done(reading(long)))
    assert len(found.tables["customers"]) == 300


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_says_the_same_with_a_column_per_step_and_with_a_row(language: Language):
    def steps(kind: SampleKind) -> list[tuple[str, str]]:
        found = [reading(one) for one in sheets(*sample(language, kind))]
        frame, = (one.tables["milestones"] for one in found if "milestones" in one.tables)
        return sorted(zip(frame["milestone"], frame["completed_on"].dt.strftime("%Y-%m-%d"), strict=True))

    assert steps("messy") == steps("tidy")
    assert len(steps("tidy")) > 1000
