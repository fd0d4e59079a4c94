"""Several columns of scores, and questions as long as forms ask them, become one answer each (handbook 1)."""

import datetime as dt
from typing import Any

import pytest

from cs_kpi.binding import book_of
from cs_kpi.book import Book
from cs_kpi.ingest.corrections import corrected
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from cs_kpi.ingest.records import SheetReading
from cs_kpi.ingest.understanding import document_text, mappings
from cs_kpi.settings import Settings
from tests.ingest.given import csv, reading, sheet

LIST = sheet(["顧客名", "契約開始日", "月額", "NPS", "CSAT"], ["A", "2024-01-01", 100, 9, 5],
             ["B", "2024-02-01", 50, 3, None], ["C", "2024-03-01", 50, None, "やや不満"])
FORM = sheet(["タイムスタンプ", "貴社名", "弊社サービスを友人や同僚に薦める可能性はどのくらいありますか？",
              "総合的な満足度をお答えください（5段階）", "サポートの満足度をお答えください", "ご意見"],
             ["2024/04/01 10:00:00", "A", 9, 5, 2, "良い"], ["2024/04/02 10:00:00", "B", 6, "満足", None, None],
             name="フォームの回答 1")


def answers(found: SheetReading) -> list[tuple[Any, ...]]:
    frame = found.tables["surveys"]
    return list(zip(frame["customer_id"], frame["kind"], frame["score"], frame["scale"], strict=True))


def test_scores_of_two_kinds_in_a_list_of_customers_are_answers_of_their_own():
    found = reading(LIST)
    assert answers(found) == [("A", "nps", 9, 10), ("A", "csat", 5, 5), ("B", "nps", 3, 10), ("C", "csat", 2, 5)]
    assert found.mapping.scores == {"CSAT": "csat"}
    assert found.tables["subscriptions"]["mrr"].tolist() == [100, 50, 50]


def test_the_questions_of_a_form_are_understood_as_they_are_asked():
    found = reading(FORM)
    assert sorted(answers(found)) == [("A", "csat", 5, 5), ("A", "nps", 9, 10), ("B", "csat", 4, 5),
                                      ("B", "nps", 6, 10)]
    frame = found.tables["surveys"]
    assert frame["comment"].where(frame["comment"].notna(), "").tolist() == ["良い", "良い", "", ""]
    assert frame["answered_on"].dt.day.tolist() == [1, 1, 2, 2]


def test_part_questions_on_satisfaction_count_only_when_the_user_says_so():
    asked, = reading(FORM).questions
    assert (asked.id, asked.assumed) == ("csat_questions:総合的な満足度をお答えください（5段階）", "overall")
    counted = reading(FORM, csat_questions="all")
    assert [score for _who, kind, score, _scale in answers(counted) if kind == "csat"] == [5, 2, 4]


def test_numbered_questions_are_what_the_title_says():
    found = reading(sheet(["回答日", "会社名", "Q1", "Q2", "Q3"], ["2024-04-01", "A", 5, 4, 3],
                          ["2024-04-02", "B", 4, 4, 1], name="満足度アンケート"))
    assert [(kind, score) for _who, kind, score, _scale in answers(found)] == [
        ("csat", 5), ("csat", 4), ("csat", 3), ("csat", 4), ("csat", 4), ("csat", 1)]


@pytest.mark.parametrize(("header", "kind"), [
    ("How likely are you to recommend us to a friend?", "nps"), ("お勧めいただける可能性（0〜10）", "nps"),
    ("How satisfied are you with our support?", "csat"), ("サポート対応にどの程度満足していますか", "csat")])
def test_a_single_question_tells_its_kind(header: str, kind: str):
    found = reading(sheet(["会社名", "回答日", header], ["A", "2024-04-01", 5], ["B", "2024-04-02", 3]))
    assert {told for _who, told, _score, _scale in answers(found)} == {kind}


@pytest.mark.parametrize(("header", "scale"), [
    ("満足度（5段階）", 5), ("満足度（10点満点）", 10), ("満足度 1〜7", 7), ("Satisfaction (1-10)", 10), ("満足度", 5)])
def test_the_header_says_the_scale(header: str, scale: float):
    found = reading(sheet(["会社名", "回答日", header], ["A", "2024-04-01", 5], ["B", "2024-04-02", 3]))
    assert {told for *_rest, told in answers(found)} == {scale}


@pytest.mark.parametrize("header", ["NPS目標", "前回NPS", "NPS回答数", "CSATコメント", "満足度の理由", "平均CSAT"])
def test_what_only_speaks_of_scores_is_an_attribute(header: str):
    given = sheet(["顧客名", "契約開始日", "月額", "NPS", header], ["A", "2024-01-01", 100, 9, 5],
                  ["B", "2024-02-01", 50, 3, 4])
    assert guess(given).scores == {}
    assert header in guess(given).attributes


def test_quarters_are_no_questions():
    given = sheet(["顧客名", "契約開始日", "月額", "Q1", "Q2"], ["A", "2024-01-01", 100, 9, 5],
                  ["B", "2024-02-01", 50, 3, 4])
    assert guess(given).scores == {}
    assert "surveys" not in guess(given).tables


def test_a_score_outside_its_scale_is_refused_with_its_cell():
    found = reading(sheet(["顧客名", "契約開始日", "月額", "NPS", "CSAT(5段階)"], ["A", "2024-01-01", 100, 9, 5],
                          ["B", "2024-02-01", 50, 3, 7]))
    assert [(one.row, one.column, one.value) for one in found.refusals] == [(3, "CSAT(5段階)", "7")]
    assert answers(found) == [("A", "nps", 9, 10), ("A", "csat", 5, 5), ("B", "nps", 3, 10)]


def test_a_column_is_made_an_answer_by_hand_and_taken_back():
    given = sheet(["顧客名", "契約開始日", "月額", "評点"], ["A", "2024-01-01", 100, 9], ["B", "2024-02-01", 50, 3])
    mapping = corrected(guess(given), "評点", "scores.nps")
    assert answers(read(given, mapping)) == [("A", "nps", 9, 10), ("B", "nps", 3, 10)]
    assert mapping.tables == ("customers", "subscriptions", "surveys")
    back = corrected(mapping, "評点", None)
    assert (back.scores, "surveys" in back.tables) == ({}, False)


def test_the_document_reads_back():
    found = reading(LIST)
    assert mappings(document_text([found])) == [found.mapping]


def undated(settings: Settings | None = None, *others: SheetReading) -> Book:
    return book_of([reading(LIST), *others], settings, dt.date(2024, 6, 1))


def test_an_undated_answer_is_of_the_day_up_to_which_the_data_speaks():
    assert undated().surveys["answered_on"].dt.date.tolist() == [dt.date(2024, 3, 1)] * 4
    told = undated(Settings(as_of=dt.date(2024, 4, 30)))
    assert told.surveys["answered_on"].dt.date.unique().tolist() == [dt.date(2024, 4, 30)]


def test_a_dated_answer_keeps_its_day_and_decides_how_far_the_data_speaks():
    dated = reading(csv("customer,answered_on,nps\nA,2024-05-20,9\nA,,8\n"))
    book = undated(None, dated)
    assert book.as_of == dt.date(2024, 5, 20)
    assert book.surveys["answered_on"].dt.date.tolist() == [dt.date(2024, 5, 20)] * 6


def test_undated_answers_do_not_say_how_far_the_data_speaks():
    book = undated()
    assert book.as_of == dt.date(2024, 3, 1)  # the last contract's start, and the user is asked
    assert book.dates.asks_for_as_of
    assert "answered_on" not in book.tables["surveys"]


def test_a_book_without_answers_has_an_empty_table_of_them():
    empty = book_of([reading(csv("customer,start_date,mrr\nA,2024-01-01,10\n"))]).surveys
    assert (len(empty), list(empty.columns)) == (0, ["customer_id", "answered_on", "kind", "score", "scale"])
