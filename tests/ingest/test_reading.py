"""Sheets read into canonical tables: values, refusals, questions; every expectation is done in the head."""

import datetime as dt
import json

import numpy as np
import pandas as pd
import pytest

from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.months import months_between
from cs_kpi.ingest.reading import read
from tests.ingest.given import csv, reading, shared, sheet, workbook

HEAD = "Customer ID,Start date,End date,MRR\n"


def mrr(text: str, **answers: str) -> list[float]:
    return [round(value, 6) for value in reading(csv(text), **answers).tables["subscriptions"]["mrr"]]


def test_columns_and_kinds():
    frame = reading(
        csv(
            "Customer ID,Start date,End date,MRR,Auto renews,Region\n007,2024-01-01,,10,yes,EU\n"
            "008,2024-01-01,2024-02-01,1,no,US\n"
        )
    ).tables["subscriptions"]
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
        "customer_id": "str",
        "start_date": "datetime64[s]",
        "end_date": "datetime64[s]",
        "mrr": "float64",
        "auto_renews": "boolean",
        "charge_kind": "str",
        "Region": "str",
        "_file": "str",
        "_sheet": "str",
        "_row": "int64",
    }
    assert frame["customer_id"].tolist() == ["007", "008"]
    assert frame["_row"].tolist() == [2, 3]


def test_a_row_that_cannot_be_read_is_refused_with_cell_value_and_reason_and_the_rest_goes_on():
    found = reading(
        csv(
            HEAD + "A,2024-01-01,,10\n,2024-01-01,,10\nC,要確認,,10\nD,2024-01-01,2024/13/45,10\n"
            "E,2024-01-01,,要確認\nF,2024-02-01,2024-01-01,10\nG,2024-01-01,,\nH,,,10\n"
            "I,2024-01-01,継続中,-10\n"
        )
    )
    assert found.tables["subscriptions"]["customer_id"].tolist() == ["A", "I"]
    assert [(refusal.row, refusal.column, refusal.value) for refusal in found.refusals] == [
        (3, "Customer ID", ""),
        (4, "Start date", "要確認"),
        (5, "End date", "2024/13/45"),
        (6, "MRR", "要確認"),
        (7, "End date", "2024-01-01"),
        (8, "MRR", ""),
        (9, "Start date", ""),
    ]
    assert found.rows_read == 2


def test_a_row_refused_for_one_table_counts_for_the_others():
    found = reading(
        csv(
            "顧客ID,顧客名,契約開始日,解約日,月額,NPS\nC1,山田,要確認,,100,9\nC2,鈴木,2024/4/1,,100,要確認\nC3,佐藤,2024/4/1,,1,8\n"
        )
    )
    assert {name: frame["customer_id"].tolist() for name, frame in found.tables.items()} == {
        "customers": ["C1", "C2", "C3"],
        "subscriptions": ["C2", "C3"],
        "surveys": ["C1", "C3"],
    }
    assert [(refusal.row, refusal.column) for refusal in found.refusals] == [(2, "契約開始日"), (3, "NPS")]


def test_a_customer_without_contract_or_answer_is_no_refusal():
    found = reading(csv("顧客ID,顧客名,契約開始日,解約日,月額,NPS\nC1,山田,,,,\nC2,鈴木,2024/4/1,,100,9\n"))
    assert found.refusals == ()
    assert len(found.tables["customers"]) == 2
    assert len(found.tables["subscriptions"]) == 1


@pytest.mark.parametrize(
    ("header", "amount", "interval", "expected"),
    [
        ("Amount", 120, "annual", 10),
        ("Amount", 10, "monthly", 10),
        ("Amount", 90, "3", 30),
        ("Amount", 90, "quarterly", 30),
        ("Amount", 12, "weekly", 52),
        ("Amount", 12, "daily", 365.25),
        ("Amount", 600, "半年", 100),
        ("金額", 60, "6ヶ月", 10),
    ],
)
def test_an_amount_with_an_interval(header, amount, interval, expected):
    assert mrr(f"Customer ID,Start date,{header},Billing interval\nA,2024-01-01,{amount},{interval}\n") == [expected]


def test_yearly_headers_are_divided_without_asking():
    for header in ("ARR", "ACV", "年額", "年間契約金額"):
        found = reading(csv(f"Customer ID,Start date,{header}\nA,2024-01-01,120\nB,2024-01-02,240\n"))
        assert found.tables["subscriptions"]["mrr"].tolist() == [10, 20]
        assert found.questions == ()


def test_beside_mrr_an_amount_with_its_interval_fills_the_blanks():
    text = "Customer ID,Start date,MRR,Amount,Billing interval\nA,2024-01-01,{},120,yearly\nB,2024-01-01,7,60,{}\n"
    assert mrr(text.format("", "yearly")) == [10, 7]
    assert reading(csv(text.format(9, ""))).questions == ()


def test_an_amount_that_does_not_say_is_asked_about():
    text = "Customer ID,Start date,Amount\nA,2024-01-01,120\n"
    found = reading(csv(text))
    assert [(question.id, question.assumed) for question in found.questions] == [("amount_is:Amount", "month")]
    assert (mrr(text), mrr(text, amount_is="year")) == ([120], [10])


def test_a_total_for_the_term_is_spread_over_its_months():
    text = "顧客ID,契約開始日,満了日,契約金額\nC1,2009/5/11,2009/11/11,3747.50\nC2,2024/4/1,2025/3/31,1200\n"
    found = reading(csv(text))
    assert ("amount_is:契約金額", "term") in {(question.id, question.assumed) for question in found.questions}
    assert mrr(text) == [624.583333, 100]
    assert mrr(text, amount_is="month") == [3747.5, 1200]


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2024-04-01", "2025-03-31", 12),
        ("2024-04-01", "2025-04-01", 12),
        ("2024-01-31", "2024-02-29", 1),
        ("2023-01-31", "2023-02-28", 1),
        ("2024-02-29", "2025-02-28", 12),
        ("2024-01-01", "2024-01-16", 15 / 30.4375),
        ("2024-01-01", "2024-03-02", 2),
    ],
)
def test_months_of_a_term(start, end, months):
    found = months_between(np.array([start], dtype="datetime64[s]"), np.array([end], dtype="datetime64[s]"))
    assert found[0] == pytest.approx(months)


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("Discount", "10%", 9),
        ("Discount rate", "10", 9),
        ("割引率", "0.1", 9),
        ("Discount", "120", 0),
        ("割引", "", 10),
    ],
)
def test_a_discount_lowers_the_amount(header, cell, expected):
    assert mrr(f"Customer ID,Start date,Amount,Billing interval,{header}\nA,2024-01-01,120,yearly,{cell}\n") == [
        expected
    ]


def test_trials_and_one_time_fees_are_kinds_of_charge():
    found = reading(
        csv(
            "顧客ID,契約開始日,金額,支払周期,費目\nC1,2024/4/1,1200,年払い,月額利用料\nC1,2024/4/1,500,一括,初期費用\n"
            "C2,2024/4/1,0,月払い,トライアル\nC3,2024/4/1,70,月払い,従量課金\n"
        )
    )
    frame = found.tables["subscriptions"]
    assert frame["charge_kind"].tolist() == ["recurring", "one-time", "trial", "variable"]
    assert frame["mrr"].tolist() == [100, 500, 0, 70]


def test_currencies_from_signs_and_headers():
    assert reading(csv("Customer ID,Start date,Monthly fee\nA,2024-01-01,$10\nB,2024-01-01,20\n")).tables[
        "subscriptions"
    ]["currency"].tolist() == ["USD", "USD"]
    assert reading(csv("Customer ID,Start date,MRR (EUR)\nA,2024-01-01,10\nB,2024-01-01,2\n")).tables["subscriptions"][
        "currency"
    ].tolist() == ["EUR", "EUR"]
    assert reading(csv("Customer ID,Start date,MRR\nA,2024-01-01,€10\nB,2024-01-01,$2\n")).tables["subscriptions"][
        "currency"
    ].tolist() == ["EUR", "USD"]


def test_only_codes_and_signs_of_money_are_currencies():
    cells = ["usd", "ＥＵＲ", "￥", "円", "米ドル", "TBD", "", "=cmd()", "<b>USD</b>", "USD (net)", "ユーロ", "1234"]
    rows = "".join(f"C{place},2024-01-01,10,{cell}\n" for place, cell in enumerate(cells))
    found = reading(csv("Customer ID,Start date,MRR,Currency\n" + rows))
    assert found.mapping.columns["subscriptions.currency"] == "Currency"
    assert found.tables["subscriptions"]["currency"].fillna("").tolist() == [
        "USD", "EUR", "JPY", "JPY", "USD", "", "", "", "", "", "EUR", ""]
    assert any(
        "'Currency' that were not understood and left blank: 4" in note.text("en") for note in found.notes
    )


def test_the_order_of_short_dates_is_asked_and_the_answer_taken():
    text = HEAD + "A,3/4/2024,,10\nB,5/6/2024,,10\n"
    found = reading(csv(text))
    assert [(question.id, question.assumed) for question in found.questions] == [("date_order:Start date", "mdy")]
    assert found.tables["subscriptions"]["start_date"][0] == pd.Timestamp("2024-03-04")
    assert reading(csv(text), date_order="dmy").tables["subscriptions"]["start_date"][0] == pd.Timestamp("2024-04-03")


def test_a_passed_term_end_means_what_the_user_says():
    text = "顧客ID,契約開始日,満了日,月額\nC1,2022/4/1,2023/3/31,1\nC2,2024/4/1,2025/3/31,1\n"
    found = reading(csv(text))
    assert [(question.id, question.assumed) for question in found.questions] == [("term_end_means:満了日", "renewed")]
    assert "end_date" not in found.tables["subscriptions"]
    left = reading(csv(text), term_end_means="left").tables["subscriptions"]
    assert left["end_date"].tolist() == [pd.Timestamp("2023-03-31"), pd.Timestamp("2025-03-31")]


def test_a_term_has_passed_by_today_whatever_else_the_sheet_says():
    given = csv("顧客ID,契約開始日,満了日,月額\nC1,2022/4/1,2023/3/31,1\nC2,2022/5/1,2024/4/30,1\n")
    assert read(given, guess(given), today=dt.date(2023, 3, 31)).questions == ()
    (question,) = read(given, guess(given), today=dt.date(2023, 4, 1)).questions
    assert (question.id, question.text.values["count"]) == ("term_end_means:満了日", 1)
    (question,) = read(given, guess(given)).questions
    assert question.text.values["count"] == 2


def test_credit_notes_are_kept_and_named():
    found = reading(csv(HEAD + "A,2024-01-01,,10\nA,2024-01-01,,-3\nB,soon,,-5\nC,2024-01-01,,▲4\n"))
    assert found.tables["subscriptions"]["mrr"].tolist() == [10, -3, -4]
    assert "Negative amounts in column 'MRR' are kept as credit notes: 2 (row 3, 5)." in {
        note.text("en") for note in found.notes
    }
    assert not any("credit" in note.text("en") for note in reading(csv(HEAD + "A,2024-01-01,,10\n")).notes)


def test_an_impossible_year_is_refused_and_a_far_one_is_no_end():
    found = reading(csv(HEAD + "A,1024-04-01,,10\nB,2024-04-01,9999-12-31,10\nC,9999-12-31,,10\n"))
    assert found.tables["subscriptions"]["customer_id"].tolist() == ["B"]
    assert found.tables["subscriptions"]["end_date"].isna().all()
    assert [(refusal.row, refusal.column, refusal.value) for refusal in found.refusals] == [
        (2, "Start date", "1024-04-01"),
        (4, "Start date", "9999-12-31"),
    ]


def test_no_end_is_no_farewell_where_one_column_tells_both():
    found = reading(csv("顧客ID,顧客名,契約開始日,解約日,月額,解約理由\nC1,山田,2023/4/1,9999/12/31,1,\n"
                        "C2,鈴木,2023/4/1,2024/3/31,1,予算\nC3,佐藤,2023/5/1,9999/12/31,1,\n"))
    assert found.mapping.columns["cancellations.cancelled_on"] == "解約日"
    assert found.tables["cancellations"]["customer_id"].tolist() == ["C2"]
    assert found.refusals == ()


def test_the_kind_of_a_survey_is_told_by_words_or_asked():
    assert reading(csv("顧客ID,回答日,NPS\nC1,2024/4/1,9\n")).tables["surveys"]["kind"].tolist() == ["nps"]
    assert reading(csv("顧客ID,回答日,点数\nC1,2024/4/1,非常に満足\n", "満足度調査.csv")).tables["surveys"][
        ["kind", "score", "scale"]
    ].values.tolist() == [["csat", 5.0, 5.0]]
    text = "Customer ID,Answered on,Score\nA,2024-01-01,{}\nB,2024-01-01,3\n"
    for score, kind in ((9, "nps"), (0, "nps"), (5, "csat")):
        found = reading(csv(text.format(score)))
        assert found.questions[0].assumed == kind
        assert set(found.tables["surveys"]["kind"]) == {kind}
    assert set(reading(csv(text.format(5)), survey_kind="nps").tables["surveys"]["kind"]) == {"nps"}


def test_a_score_outside_its_scale_is_refused():
    found = reading(csv("Customer ID,Answered on,NPS\nA,2024-01-01,11\nB,2024-01-01,10\n"))
    assert [refusal.row for refusal in found.refusals] == [2]


def test_seconds_and_clock_times_become_minutes():
    assert reading(csv("Customer ID,Usage date,Duration secs\nA,2024-01-01,90\n")).tables["usage"]["minutes"][0] == 1.5
    given = workbook(["顧客ID", "利用日", "利用時間"], ["C1", dt.date(2024, 4, 1), dt.time(1, 30)])
    assert reading(sheets("a.xlsx", given)[0]).tables["usage"]["minutes"][0] == 90


def test_repeated_customers_become_one_row_with_the_first_filled_values():
    found = reading(
        csv(
            "顧客ID,顧客名,担当CSM,契約開始日,月額,業種,備考\nC1,山田,,2024/4/1,1,,x\nC1,山田,佐藤,2024/5/1,2,製造,y\nC2,鈴木,,2024/4/1,1,小売,\n"
        )
    )
    customers = found.tables["customers"]
    assert customers[["customer_id", "customer_name", "業種"]].values.tolist() == [
        ["C1", "山田", "製造"],
        ["C2", "鈴木", "小売"],
    ]
    assert customers["owner"].tolist()[0] == "佐藤"
    assert "備考" in found.tables["subscriptions"]
    assert "備考" not in customers


def test_an_attribute_named_like_a_field_is_told_apart():
    given = csv(HEAD + "A,2024-01-01,,10\n")
    mapping = guess(given)
    columns = {place: header for place, header in mapping.columns.items() if not place.endswith("end_date")}
    kept = mapping.model_copy(update={"columns": columns, "attributes": ("End date",)})
    assert "End date" in read(given, kept).tables["subscriptions"]
    renamed = csv("Customer ID,Start date,end_date,MRR\nA,2024-01-01,,10\n")
    assert (
        "end_date (2)" in read(renamed, kept.model_copy(update={"attributes": ("end_date",)})).tables["subscriptions"]
    )


def test_workbook_cells_of_every_kind():
    found = reading(
        sheet(
            ["顧客番号", "契約開始日", "解約日", "月額"],
            [7890.0, dt.datetime(2024, 4, 1, 9), 45747.0, "1.2万"],
            ["７８９１", "令和6年4月1日", "継続中", 100.0],
        )
    )
    frame = found.tables["subscriptions"]
    assert frame["customer_id"].tolist() == ["7890", "7891"]
    assert frame["start_date"].tolist() == [pd.Timestamp("2024-04-01")] * 2
    assert frame["end_date"].tolist() == [pd.Timestamp("2025-03-31"), pd.NaT]
    assert frame["mrr"].tolist() == [12_000, 100]


def test_a_length_of_contract_is_no_billing_interval() -> None:
    found = reading(csv("顧客ID,契約開始日,契約期間,金額\nC1,2024/4/1,12ヶ月,1200\nC2,2024/4/1,12ヶ月,1200\n"))
    assert "billing_interval" not in found.tables["subscriptions"]
    assert [question.id for question in found.questions] == ["amount_is:金額"]


def test_a_notice_period_in_months_is_kept_in_days() -> None:
    found = reading(csv("顧客ID,契約開始日,月額,解約申入期限\nC1,2024/4/1,1,3ヶ月前\nC2,2024/4/1,1,30日前\n"))
    assert found.tables["subscriptions"]["notice_days"].tolist() == [90, 30]


def test_attributes_are_numbers_dates_or_texts_as_they_stand() -> None:
    found = reading(csv("顧客ID,顧客名,資本金,設立,オプション,郵便番号\nC1,山田,\"10,000\",2001年4月1日,なし,0100\n"
                        "C2,鈴木,500,平成元年5月,なし,-\n"))
    kinds = {name: found.tables["customers"][name].dtype.kind for name in ("資本金", "設立")}
    assert kinds == {"資本金": "f", "設立": "M"}
    assert found.tables["customers"]["オプション"].tolist() == ["なし", "なし"]
    assert found.tables["customers"]["郵便番号"][0] == "0100"


def test_interactions_take_their_kind_from_the_title():
    text = "顧客ID,受付日,件名\nC1,2024/4/1,質問\n"
    assert reading(csv(text, "問合せ一覧.csv")).tables["interactions"]["kind"].tolist() == ["ticket"]
    assert reading(csv(text, "商談履歴.csv")).tables["interactions"]["kind"].tolist() == ["meeting"]


def test_ravenstack_is_read_whole():
    names = ("accounts", "subscriptions", "feature_usage", "support_tickets", "churn_events")
    found = [reading(shared(f"ravenstack/ravenstack_{name}.csv")[0]) for name in names]
    assert [(item.rows_read, item.refusals, item.questions) for item in found] == [
        (rows, (), ()) for rows in (500, 5000, 25_000, 2000, 600)
    ]
    subscriptions = found[1].tables["subscriptions"]
    assert (subscriptions["charge_kind"] == "trial").sum() == 778
    assert subscriptions["mrr"][subscriptions["charge_kind"] == "trial"].sum() == 0
    assert found[2].tables["usage"]["minutes"][0] == pytest.approx(5004 / 60)
    assert set(found[3].tables["interactions"]["kind"]) == {"ticket"}
    assert set(found[3].tables["surveys"]["kind"]) == {"csat"}


def test_onboarding_steps_that_are_not_done_are_no_refusals():
    found = reading(shared("onboarding/saas_onboarding_funnel_dataset.csv")[0])
    assert found.refusals == ()
    assert len(found.tables["customers"]) == 300
    assert found.tables["milestones"]["completed_on"].notna().all()


def test_a_list_with_a_fee_says_what_would_make_contracts_of_it():
    found = reading(csv("顧客ID,会社名,月額\nA,あ,100\nB,い,200\n"))
    assert set(found.tables) == {"customers"}
    assert "no column holds the start of the contract" in found.notes[-1].text("en")


def test_a_table_without_rows_says_so():
    found = reading(csv(HEAD))
    assert found.rows_read == 0
    assert "no row that can be read" in found.notes[-1].text("en")


def test_samples_are_json():
    found = reading(csv(HEAD + "A,2024-01-01,,10\n"))
    assert json.loads(json.dumps(found.samples)) == {
        "Customer ID": ["A"],
        "Start date": ["2024-01-01"],
        "End date": [],
        "MRR": ["10"],
    }


@pytest.mark.parametrize("name", ["NULL", "null", "nan", "None", "NA", "nil"])
@pytest.mark.parametrize("head", ["会社名,契約開始日,月額", "顧客ID,契約開始日,月額", "Customer,Start date,MRR"])
def test_a_customer_may_be_called_null(name, head):
    found = reading(csv(f"{head}\n山田,2024/4/1,1\n{name},2024/4/1,2\n"))
    assert found.refusals == ()
    assert found.tables["subscriptions"]["customer_id"].tolist() == ["山田", name]
    column = head.split(",")[0]
    assert f"Cells of column '{column}' that say '{name}' are read as the name of a customer: 1 (row 3)." in {
        note.text("en") for note in found.notes}


@pytest.mark.parametrize("cell", ["-", "#N/A", "未設定", "n/a"])
def test_a_customer_whose_cell_says_nothing_is_refused_with_that_reason(cell):
    found = reading(csv(f"会社名,契約開始日,月額\n山田,2024/4/1,1\n{cell},2024/4/1,2\n"))
    (refusal,) = found.refusals
    assert refusal.reason.text("en").startswith("The cell says that there is no value, but this column is needed.")


def test_a_step_called_none_is_no_number_that_cannot_be_read():
    found = reading(csv("顧客ID,マイルストーン,完了日\nC1,キックオフ,2024/4/1\nC2,none,2024/4/1\n"))
    (refusal,) = found.refusals
    assert refusal.reason.text("en").startswith("The cell says that there is no value, but this column is needed.")


def test_other_texts_that_say_null_stay_blank():
    found = reading(csv("会社名,担当,契約開始日,月額\n山田,NULL,2024/4/1,1\n"))
    assert found.tables["customers"]["owner"].isna().all()
