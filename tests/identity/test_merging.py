"""One customer under several spellings: proposed, merged when said so, and undone again. Numbers by hand."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from cs_kpi.binding import book_of
from cs_kpi.errors import DataError
from cs_kpi.identity.merging import final
from cs_kpi.identity.names import bare, slips
from cs_kpi.identity.proposals import Proposal
from cs_kpi.identity.records import Decision, Identities, identities_of
from cs_kpi.kpi.readings import readings
from cs_kpi.periods import parse
from cs_kpi.settings import Settings
from cs_kpi.who_is_who import findings
from tests.books import examples
from tests.identity.given import TODAY, book, found, loaded, numbers

# Three customers by name. 山田 is written in three ways: 100 until March, 150 until May, 150 since.
CONTRACTS = """会社名,契約開始日,解約日,月額
(株)山田,2024-01-01,2024-03-31,100
株式会社山田,2024-04-01,2024-05-31,150
山田㈱,2024-06-01,,150
鈴木商店,2024-01-01,,200
佐藤工業,2024-01-01,2024-04-10,300
"""
ALL_ONE = Identities().with_merges({"株式会社山田": "(株)山田", "山田(株)": "(株)山田"})


def test_spellings_of_one_name_are_proposed_as_the_earliest_one() -> None:
    assert [(one.kind, one.kept, one.other) for one in found(contracts=CONTRACTS).proposals] == [
        ("form", "(株)山田", "株式会社山田"), ("form", "(株)山田", "山田(株)")]


def test_nothing_is_merged_unasked() -> None:
    # Opening March 600; 山田 and then its second spelling churn, each "new" again.
    plain = book(contracts=CONTRACTS)
    assert len(plain.customer_ids) == 5
    assert numbers(plain, "2024-03", "churn_mrr") == [100]
    assert numbers(plain, "2024-04", "new_mrr", "churn_mrr") == [150, 300]


def test_merged_customers_count_once_and_renew() -> None:
    # One 山田: 100 renews into 150 on April 1 (expansion 50) and goes on; 佐藤 leaves in April with 300.
    one = book(ALL_ONE, contracts=CONTRACTS)
    assert one.customer_ids.tolist() == ["(株)山田", "佐藤工業", "鈴木商店"]
    assert numbers(one, "2024-03", "churn_mrr") == [0]
    assert numbers(one, "2024-04", "new_mrr", "expansion_mrr", "churn_mrr", "customers") == [0, 50, 300, 2]
    assert numbers(one, "2024-06", "mrr", "churn_mrr", "new_mrr") == [350, 0, 0]


def test_the_merged_customer_has_one_name_and_its_rows_their_sources() -> None:
    one = book(ALL_ONE, contracts=CONTRACTS)
    assert one.customers["customer_name"].tolist() == ["(株)山田", "佐藤工業", "鈴木商店"]
    rows = one.tables["subscriptions"]
    assert rows.loc[rows["customer_id"] == "(株)山田", "_row"].tolist() == [2, 3, 4]


def test_a_decision_can_be_undone() -> None:
    undone = ALL_ONE.without(ALL_ONE.decisions)
    assert undone == Identities()
    assert book(undone, contracts=CONTRACTS).fingerprint == book(contracts=CONTRACTS).fingerprint
    first = ALL_ONE.without([Decision("merge", "株式会社山田", "(株)山田")])
    assert [(one.kept, one.other) for one in found(first, contracts=CONTRACTS).proposals] == [
        ("(株)山田", "株式会社山田")]


def test_declining_changes_no_number_and_is_not_proposed_again() -> None:
    pairs = [(one.kept, one.other) for one in found(contracts=CONTRACTS).proposals]
    declined = Identities().with_declined(pairs)
    assert book(declined, contracts=CONTRACTS).fingerprint == book(contracts=CONTRACTS).fingerprint
    assert [(one.kept, one.other) for one in found(declined, contracts=CONTRACTS).proposals] == [
        ("株式会社山田", "山田(株)")]  # of these two nothing was said yet


def test_two_ids_with_one_name_in_one_sheet_stay_two_and_are_proposed_as_such() -> None:
    two = "顧客ID,会社名,契約開始日,月額\nC1,山田,2024-01-01,100\nC2,山田,2024-02-01,200\n"
    assert book(contracts=two).customer_ids.tolist() == ["C1", "C2"]
    assert found(contracts=two).proposals == (Proposal("same_name", "C1", "C2"),)


def test_names_with_one_furigana_are_proposed() -> None:
    listed = ("顧客ID,顧客名,フリガナ\nC1,山田商店,ヤマダショウテン\nC2,ヤマダ商店,やまだ しょうてん\n"
              "C3,鈴木商店,スズキショウテン\n")
    assert found(customers=listed).proposals == (Proposal("furigana", "C1", "C2"),)


def test_near_typos_are_proposed_numbers_and_other_kanji_are_not() -> None:
    names = ("Cherryferry Storage", "Cherryfery Storage Inc.", "Branch Office 12", "Branch Office 13", "東日本電気工業",
             "西日本電気工業", "コンピュータ開発", "コンピューター開発")
    rows = "".join(f"C{at},{name}\n" for at, name in enumerate(names))
    assert [(one.kind, one.kept, one.other) for one in found(customers=f"顧客ID,顧客名\n{rows}").proposals] == [
        ("slip", "C0", "C1"), ("slip", "C6", "C7")]


def test_a_store_named_as_its_company_is_not_proposed() -> None:
    listed = "顧客ID,顧客名,親会社ID\nC1,株式会社山田,\nC2,山田,C1\n"
    assert found(customers=listed).proposals == ()


@pytest.mark.parametrize("same", [
    ("(株)山田", "株式会社 山田", "山田㈱", "株)山田", "山田　様", "山田株式会社御中"),
    ("有限会社ＡＢＣ", "(有)abc", "ＡＢＣ有限会社", "ABC㈲"), ("Acme Inc", "ACME, Inc.", "acme Co., Ltd.", "Acme K.K."),
    ("髙橋合同会社", "高橋(同)"), ("Blue Sky", "BLUE-SKY LLC", "BlueSky")])
def test_spellings_that_are_one_name(same: tuple[str, ...]) -> None:
    assert len({bare(name) for name in same}) == 1


def test_a_name_that_is_all_legal_form_is_still_a_name() -> None:
    assert {bare("株式会社"), bare("Co."), bare("様")} == {"株式会社", "co", "様"}


def test_slips_do_not_depend_on_the_order_of_names() -> None:
    names = ["Cherryferry Storage", "Cherryfery Storage", "Mapleford Pharmacy", "Maplefrod Pharmacy"]
    assert list(slips(names)) == list(slips(reversed(names))) == [
        ("Cherryferry Storage", "Cherryfery Storage"), ("Mapleford Pharmacy", "Maplefrod Pharmacy")]


def test_merges_in_a_circle_come_to_one_customer() -> None:
    assert final({"b": "c", "c": "b", "d": "c"}) == {"b": "b", "c": "b", "d": "b"}


def test_what_is_downloaded_is_read_back() -> None:
    whole = ALL_ONE.with_aliases({"k": "c"}, ["usage", "surveys"]).with_migrations({"n": "o"})
    whole = whole.with_declined([("b", "a")])
    assert identities_of(whole.model_dump_json()) == whole
    assert [one.kind for one in whole.decisions] == ["alias", "merge", "merge", "migration", "declined"]
    with pytest.raises(DataError, match="who is who"):
        identities_of('{"merges": ["a"]}')


# Rolling up: C2 and C3 are stores of C1, C4 a store of C2, C5 and C6 each other's parent, C7 and C8 have one that is
# on no list.
LISTED = """顧客ID,顧客名,親会社ID
C2,渋谷店,C1
C1,山田本社,
C3,新宿店,C1
C4,渋谷店別館,C2
C5,甲,C6
C6,乙,C5
C7,梅田店,H9
C8,難波店,H9
"""
STORES = "顧客ID,契約開始日,月額,解約日\n" + "".join(
    f"C{at},2024-01-01,{100 * at},{'2024-03-10' if at == 2 else ''}\n" for at in range(2, 9))


def test_stores_stay_customers_of_their_own_unless_it_is_said() -> None:
    assert numbers(book(customers=LISTED, contracts=STORES), "2024-03", "customers", "churned_customers") == [6, 1]


def test_stores_roll_up_to_their_topmost_company() -> None:
    settings = Settings(as_of=dt.date(2024, 6, 30), rolls_up_to_parent=True)
    whole = book(settings=settings, customers=LISTED, contracts=STORES)
    # C1 (C2 + C3 + C4), H9 (C7 + C8), C5, C6; when C2 leaves with 200, C1 contracts and nobody churns.
    assert numbers(whole, "2024-03", "customers", "churned_customers", "contraction_mrr") == [4, 0, 200]
    assert whole.customers["customer_id"].tolist() == ["C1", "C5", "C6", "H9"]
    assert whole.customers["customer_name"].tolist() == ["山田本社", "甲", "乙", "H9"]
    assert [str(note) for note in whole.notes] == [
        "Customers that are counted under their parent company: 5, under 2 companies.",
        "Parent companies that no list of customers names: 1 (such as H9). They are shown by their ID. Add a row with "
        "a name for each.",
        "Customers whose parent companies lead in a circle: 2 (such as C5, C6). They stay as they are. Correct their "
        "parent company IDs."]


def test_a_parent_may_be_given_by_its_name_and_one_without_a_name_is_shown_by_its_id() -> None:
    settings = Settings(as_of=dt.date(2024, 6, 30), rolls_up_to_parent=True)
    listed = "顧客ID,顧客名,親会社ID\nC1,山田本社,\nC2,渋谷店,山田本社\nC3,,\nC4,梅田店,C3\n"
    whole = book(settings=settings, customers=listed,
                 contracts="顧客ID,契約開始日,月額\nC2,2024-01-01,1\nC4,2024-01-01,2\n")
    assert whole.customers[["customer_id", "customer_name"]].values.tolist() == [["C1", "山田本社"], ["C3", "C3"]]


def test_merging_comes_before_rolling_up() -> None:
    # 渋谷店 is listed under two ids, one of which knows the company.
    settings = Settings(as_of=dt.date(2024, 6, 30), rolls_up_to_parent=True)
    listed = "顧客ID,顧客名,親会社ID\nC1,山田本社,\nC2,渋谷店,C1\nX2,渋谷店,\n"
    whole = book(Identities().with_merges({"X2": "C2"}), settings, customers=listed,
                 contracts="顧客ID,契約開始日,月額\nX2,2024-01-01,1\n")
    assert whole.tables["subscriptions"]["customer_id"].tolist() == ["C1"]


def test_rolling_up_does_not_depend_on_the_order_of_rows() -> None:
    settings = Settings(as_of=dt.date(2024, 6, 30), rolls_up_to_parent=True)
    head, *rows = LISTED.splitlines()
    other = "\n".join([head, *reversed(rows)]) + "\n"
    one, two = (book(settings=settings, customers=text, contracts=STORES) for text in (LISTED, other))
    pd.testing.assert_frame_equal(one.customers[["customer_id", "customer_name"]],
                                  two.customers[["customer_id", "customer_name"]])


# Renaming by spelling variants and accepting all proposals gives the numbers of the clean book.
NAMES = ("青空物流", "みどり食品", "Northwind Trading", "ソラシド電機", "Cobalt Design", "桜井製作所")
SPELLED = (lambda name: f"株式会社{name}", lambda name: f"{name}㈱", lambda name: f" {name.upper()} ",
           lambda name: f"(有){name}", lambda name: f"{name}　御中", lambda name: name)
KPIS = ("mrr", "customers", "new_mrr", "churn_mrr", "expansion_mrr", "contraction_mrr", "churned_customers")


@st.composite
def ledgers(draw: st.DrawFn) -> list[tuple[str, str, str, int]]:
    """Contracts that follow each other month by month: name, start, end, MRR."""
    rows = []
    for name in NAMES[:draw(st.integers(2, len(NAMES)))]:
        month = draw(st.integers(1, 3))
        for _link in range(draw(st.integers(1, 3))):
            until = month + draw(st.integers(1, 2))
            rows.append((name, f"2024-{month:02d}-01", f"2024-{until:02d}-01", 100 * draw(st.integers(1, 4))))
            month = until + draw(st.integers(0, 1))
    return rows


def text(rows: list[tuple[str, str, str, int]]) -> str:
    return "会社名,契約開始日,解約日,月額\n" + "".join(",".join(map(str, row)) + "\n" for row in rows)


def all_accepted(files: dict[str, str]) -> Identities:
    """Every proposal accepted, and those that follow, and every migration."""
    known, read_sheets = Identities(), loaded(files)
    while True:
        whole = book_of(read_sheets, Settings(as_of=dt.date(2024, 9, 30)), TODAY, known)
        open_ = findings(whole, known.declined)
        moves = {move.new: move.old for one in open_.migrations for move in one.moves}
        if not open_.proposals and not moves:
            return known
        known = known.with_merges({one.other: one.kept for one in open_.proposals}).with_migrations(moves)


def values(rows: str, known: Identities | None = None) -> dict[tuple[str, str], float | None]:
    whole = book_of(loaded({"contracts": rows}), Settings(as_of=dt.date(2024, 9, 30)), TODAY, known)
    run = [parse(f"2024-{month:02d}") for month in range(1, 10)]
    return {(one.kpi, one.period.id): one.value for one in readings(whole, run, list(KPIS))}


@examples(30)
@for_all(ledgers(), st.data())
def test_accepting_all_gives_the_numbers_of_the_clean_book(rows: list[tuple[str, str, str, int]], data: st.DataObject
                                                           ) -> None:
    spelled = [(data.draw(st.sampled_from(SPELLED))(name), *rest) for name, *rest in rows]
    spelled = data.draw(st.permutations(spelled))
    dirty = text(spelled)  # type: ignore[arg-type]
    assert values(dirty, all_accepted({"contracts": dirty})) == values(text(rows))


@examples(10)
@for_all(ledgers())
def test_declining_all_changes_nothing(rows: list[tuple[str, str, str, int]]) -> None:
    spelled = [(SPELLED[at % len(SPELLED)](name), *rest) for at, (name, *rest) in enumerate(rows)]
    dirty = text(spelled)  # type: ignore[arg-type]
    pairs = [(one.kept, one.other) for one in found(contracts=dirty).proposals]
    assert values(dirty, Identities().with_declined(pairs)) == values(dirty)
