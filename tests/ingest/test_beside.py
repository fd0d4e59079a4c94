"""What stands beside the fee of a contract: deadlines for notice, initial fees, variable fees."""

from __future__ import annotations

import pytest

from cs_kpi.binding import book_of
from cs_kpi.settings import Settings
from tests.ingest.given import csv, reading

HEAD = "顧客ID,契約開始日,満了日,解約日,月額,席数"
LEDGER = HEAD + ",{header}\nC1,2024/4/1,2026/3/31,,1000,5,{first}\nC2,2024/5/1,2026/4/30,2025/4/30,2000,7,{second}\n"


def ledger(header: str, first: str, second: str) -> str:
    return LEDGER.format(header=header, first=first, second=second)


def told(text: str) -> str:
    return "\n".join(note.text("en") for note in reading(csv(text)).notes)


@pytest.mark.parametrize("header", ["解約申入期限", "解約申入期限日", "解約通知期限", "更新拒絶期限", "解約申出期限",
                                    "Notice deadline"])
def test_a_deadline_as_a_date_gives_the_days_of_notice(header: str) -> None:
    frame = reading(csv(ledger(header, "2026/1/30", "2026/3/31"))).tables["subscriptions"]
    assert frame["notice_days"].tolist() == [60, 30]  # 30 January to 31 March 2026; 31 March to 30 April
    assert "are kept" not in told(ledger(header, "2026/1/30", "2026/3/31"))


def test_a_deadline_after_the_term_gives_none() -> None:
    frame = reading(csv(ledger("解約申入期限", "2026/1/30", "2026/5/31"))).tables["subscriptions"]
    assert frame["notice_days"].isna().tolist() == [False, True]


def test_a_deadline_without_a_term_stays_an_attribute_and_is_told() -> None:
    text = "顧客ID,契約開始日,月額,解約申入期限\nC1,2024/4/1,1000,2026/1/30\nC2,2024/5/1,2000,2026/3/31\n"
    assert "kept as an attribute, because no column says when terms run out" in told(text)
    assert "notice_days" not in reading(csv(text)).tables["subscriptions"]


@pytest.mark.parametrize("header", ["初期費用", "初期導入費用（税抜）", "Setup fee", "導入費用"])
def test_an_initial_fee_is_a_one_time_row_of_the_same_line(header: str) -> None:
    frame = reading(csv(ledger(header, '"50,000"', "0"))).tables["subscriptions"]
    assert frame[["customer_id", "charge_kind", "mrr", "_row"]].to_numpy().tolist() == [
        ["C1", "recurring", 1000, 2], ["C1", "one-time", 50_000, 2], ["C2", "recurring", 2000, 3]]
    assert frame["seats"].fillna(0).tolist() == [5, 0, 7]
    assert f"'{header}' is read as one-time fees of the same contracts, which are never part of MRR: 1." in told(
        ledger(header, '"50,000"', "0"))


def test_a_variable_fee_counts_only_where_the_settings_say_so() -> None:
    found = reading(csv(ledger("従量料金", "300", "400")))
    frame = found.tables["subscriptions"]
    assert frame["charge_kind"].tolist() == ["recurring", "variable", "recurring", "variable"]
    assert str(frame["end_date"][3].date()) == "2025-04-30"
    for counts, mrr in ((False, 1000), (True, 1300)):
        book = book_of([found], Settings(counts_variable=counts))
        paid = book.counted
        assert paid[paid["customer_id"] == "C1"]["mrr"].sum() == mrr


@pytest.mark.parametrize(("header", "cells"), [
    ("従量単価", ("10", "12")), ("初期費用の有無", ("有", "無")), ("初期費用支払日", ("2024/4/1", "2024/5/1")),
    ("備考", ("a", "b"))])
def test_what_is_no_amount_makes_no_rows(header: str, cells: tuple[str, str]) -> None:
    assert len(reading(csv(ledger(header, *cells))).tables["subscriptions"]) == 2


def test_a_fee_that_cannot_be_read_is_told_and_the_contract_stays() -> None:
    found = reading(csv(ledger("初期費用", "50000", "要確認") + "".join(
        f"D{n},2024/4/1,2026/3/31,,10,1,500\n" for n in range(8))))
    assert [(cell.row, cell.column) for cell in found.blanks] == [(3, "初期費用")]
    assert found.refusals == ()
    assert "C2" in found.tables["subscriptions"]["customer_id"].tolist()


def test_a_column_that_the_user_left_out_makes_no_rows() -> None:
    from cs_kpi.ingest.corrections import IGNORED, corrected
    from cs_kpi.ingest.mapping import guess
    from cs_kpi.ingest.reading import read

    given = csv(ledger("初期費用", "50000", "0"))
    assert len(read(given, corrected(guess(given), "初期費用", IGNORED)).tables["subscriptions"]) == 2
