"""Which questions one answer can settle."""

from cs_kpi.ingest.alike_questions import alike
from cs_kpi.ingest.records import Question
from cs_kpi.locale import Message


def asked(topic: str, column: str, *options: str, sheet: str = "s", assumed: str = "a") -> Question:
    return Question(f"{topic}:{column}", "f.csv", sheet, column, Message("?"), dict.fromkeys(options, Message("!")),
                    assumed)


def test_the_same_column_with_the_same_options_is_one_question_in_all_sheets() -> None:
    assert alike([asked("date_order", "開始日", "a", "b"), asked("billed", "開始日", "a", "b"),
                  asked("date_order", "開始日", "b", "a", sheet="t")]) == [[0, 2], [1]]


def test_another_column_other_options_or_another_likelier_answer_is_another_question() -> None:
    assert alike([asked("date_order", "開始日", "a", "b"), asked("date_order", "終了日", "a", "b"),
                  asked("date_order", "開始日", "a", "b", "c"),
                  asked("date_order", "開始日", "a", "b", assumed="b")]) == [[0], [1], [2], [3]]


def test_a_currency_that_no_cell_names_is_one_question_whatever_the_fee_is_called() -> None:
    assert alike([asked("unnamed_currency", "月額", "a", "b"), asked("unnamed_currency", "MRR", "b", "a")]) == [[0, 1]]
