"""The migration guard: ids that change on a day are one customer each, once the user says so; churn stays churn."""

from __future__ import annotations

import pytest

from cs_kpi.binding import book_of
from cs_kpi.identity.records import Identities
from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from cs_kpi.samples import sample
from cs_kpi.who_is_who import findings
from tests.identity.given import book, found, numbers
from tests.ingest.given import shared

# Five customers, ids A1 to A5, MRR 100 to 500. On March 31 the first four get new ids N1 to N4; the third also pays 350
# from then on, and the second is spelled otherwise. The fifth truly leaves on that day; Z comes in April.
HEAD = "顧客ID,会社名,製品,契約開始日,解約日,月額\n"
OLD = "".join(f"A{at},{name},旧,2024-01-01,2024-03-31,{100 * at}\n" for at, name in enumerate(
    ("青空物流", "株式会社みどり食品", "桜井製作所", "ソラシド電機", "去る商店"), 1))
NEW = ("N1,青空物流,新,2024-04-01,,100\nN2,みどり食品㈱,新,2024-04-01,,200\nN3,桜井製作所,新,2024-04-01,,350\n"
       "N4,ソラシド電機,新,2024-04-01,,400\nZ,来る商店,新,2024-04-10,,70\n")
LEDGER = HEAD + OLD + NEW
MOVED = Identities().with_migrations({f"N{at}": f"A{at}" for at in range(1, 5)})


def test_names_that_end_and_start_again_under_other_ids_are_a_probable_migration() -> None:
    [one] = found(contracts=LEDGER).migrations
    assert (str(one.day.date()), one.ended, one.started, one.active) == ("2024-03-31", 5, 4, 5)
    assert [(move.old, move.new, move.by) for move in sorted(one.moves, key=lambda move: move.old)] == [
        (f"A{at}", f"N{at}", "name") for at in range(1, 5)]


def test_pairs_of_a_migration_are_not_proposed_once_more() -> None:
    assert found(contracts=LEDGER).proposals == ()


def test_until_it_is_confirmed_all_churn_and_all_are_new() -> None:
    plain = book(contracts=LEDGER)
    assert numbers(plain, "2024-03", "churn_mrr", "churned_customers") == [1500, 5]
    assert numbers(plain, "2024-04", "new_mrr", "new_customers") == [1050 + 70, 5]


def test_confirmed_customers_go_on_from_their_old_start() -> None:
    # Closing March: A1 to A4, 1000, A5's 500 churned. April: expansion 50, new 70.
    whole = book(MOVED, contracts=LEDGER)
    assert whole.customer_ids.tolist() == ["A1", "A2", "A3", "A4", "A5", "Z"]
    assert numbers(whole, "2024-03", "mrr", "churn_mrr", "churned_customers") == [1000, 500, 1]
    assert numbers(whole, "2024-04", "mrr", "new_mrr", "new_customers", "reactivation_mrr", "churn_mrr") == [
        1000 + 50 + 70, 70, 1, 0, 0]
    assert whole.customers["customer_name"].tolist()[:2] == ["青空物流", "株式会社みどり食品"]
    rows = whole.tables["subscriptions"]
    assert rows.loc[rows["customer_id"] == "A1", "_row"].tolist() == [2, 7]
    assert rows.loc[rows["customer_id"] == "A1", "start_date"].min().date().isoformat() == "2024-01-01"


def test_fees_that_carry_no_mrr_do_not_stand_in_the_way() -> None:
    # A1 paid once for its set-up, in a row without an end; N1's set-up was billed before it started.
    once = "A1,青空物流,旧,2024-01-01,,5000,初期費用\nN1,青空物流,新,2024-03-20,2024-03-20,5000,初期費用\n"
    rows = [f"{line},月額" for line in LEDGER.splitlines()[1:]]
    whole = book(MOVED, contracts="顧客ID,会社名,製品,契約開始日,解約日,月額,費目\n" + once + "\n".join(rows) + "\n")
    assert numbers(whole, "2024-03", "mrr", "churned_customers") == [1000, 1]


def test_what_still_runs_under_the_old_id_is_not_counted_twice() -> None:
    whole = book(MOVED, contracts=LEDGER + "A1,青空物流,別,2024-02-01,,10\n")
    assert numbers(whole, "2024-03", "mrr") == [200 + 300 + 400 + 10]


def test_a_single_pair_can_be_confirmed() -> None:
    whole = book(Identities().with_migrations({"N1": "A1"}), contracts=LEDGER)
    assert numbers(whole, "2024-03", "churn_mrr") == [1500 - 100]
    assert found(Identities().with_migrations({"N1": "A1"}), contracts=LEDGER).migrations[0].ended == 4


def test_declined_pairs_are_left_alone() -> None:
    apart = Identities().with_declined([(f"A{at}", f"N{at}") for at in range(1, 5)])
    assert found(apart, contracts=LEDGER).migrations == ()
    assert book(apart, contracts=LEDGER).fingerprint == book(contracts=LEDGER).fingerprint


def test_a_stated_cancellation_of_that_day_is_none() -> None:
    farewells = "顧客ID,解約日,解約理由\nA1,2024-03-31,システム移行\nA5,2024-03-31,予算\n"
    whole = book(MOVED, contracts=LEDGER, cancellations=farewells)
    assert set(whole.tables["cancellations"]["customer_id"]) == {"A5"}


def test_fewer_than_three_names_are_proposals_not_a_migration() -> None:
    rows = [line for line in LEDGER.splitlines() if line.split(",")[0] not in ("A3", "N3", "A4", "N4")]
    open_ = found(contracts="\n".join(rows) + "\n")
    assert open_.migrations == ()
    assert [(one.kind, one.kept, one.other) for one in open_.proposals] == [
        ("form", "A2", "N2"), ("same_name", "A1", "N1")]


def by_amount(old: list[int], new: list[int], staying: int) -> str:
    """Contracts without names: some end on March 31, others start on April 1, the rest stays."""
    rows = [f"A{at:02d},2024-01-01,2024-03-31,{mrr}" for at, mrr in enumerate(old)]
    rows += [f"N{at:02d},2024-04-01,,{mrr}" for at, mrr in enumerate(new)]
    rows += [f"S{at:02d},2024-01-01,,{mrr}" for at, mrr in enumerate(range(staying))]
    return "顧客ID,契約開始日,解約日,月額\n" + "\n".join(rows) + "\n"


TWELVE = [100 + 7 * at for at in range(12)]


def test_without_names_the_amounts_of_many_customers_tell_it() -> None:
    [one] = found(contracts=by_amount(TWELVE, TWELVE, 20)).migrations
    assert [(move.old, move.new, move.by, move.alike) for move in one.moves] == [
        (f"A{at:02d}", f"N{at:02d}", "amount", 1) for at in range(12)]


@pytest.mark.parametrize(("old", "new", "staying", "why"), [
    (TWELVE, TWELVE, 60, "fewer than a fifth of the active end"),
    (TWELVE[:9], [*TWELVE[:8], 1], 0, "fewer than ten, and one amount does not start again"),
    (TWELVE[:3], TWELVE[:3], 0, "fewer than four"), ([100] * 6, [100] * 6, 0, "six amounts that are all the same"),
    (TWELVE[:5], TWELVE[:5], 30, "five of thirty-five"),
    (TWELVE, [*TWELVE[:9], 1, 2, 3], 20, "fewer than eight in ten have their amount again")])
def test_without_names_less_than_that_is_churn(old: list[int], new: list[int], staying: int, why: str) -> None:
    assert found(contracts=by_amount(old, new, staying)).migrations == (), why


def test_fewer_than_ten_will_do_where_every_one_starts_again_with_an_amount_of_its_own() -> None:
    [one] = found(contracts=by_amount(TWELVE[:5], TWELVE[:5], 10)).migrations
    assert [(move.old, move.new) for move in one.moves] == [(f"A{at:02d}", f"N{at:02d}") for at in range(5)]


def test_amounts_say_nothing_where_names_are_known_and_differ() -> None:
    rows = [f"A{at:02d},出た{at}番商店,2024-01-01,2024-03-31,{mrr}" for at, mrr in enumerate(TWELVE)]
    rows += [f"N{at:02d},入る{at}番工業,2024-04-01,,{mrr}" for at, mrr in enumerate(TWELVE)]
    assert found(contracts="顧客ID,会社名,契約開始日,解約日,月額\n" + "\n".join(rows) + "\n").migrations == ()


@pytest.mark.parametrize("kind", ["tidy", "messy"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_ordinary_churn_of_the_sample_asks_nothing(language: str, kind: str) -> None:
    name, data = sample(language, kind)  # type: ignore[arg-type]
    open_ = findings(book_of([read(sheet, guess(sheet)) for sheet in sheets(name, data)]))
    assert (open_.migrations, open_.proposals, open_.unmatched) == ((), (), ())


def test_ordinary_churn_of_ravenstack_asks_nothing() -> None:
    names = ("accounts", "subscriptions", "churn_events", "feature_usage", "support_tickets")
    given = [sheet for name in names for sheet in shared(f"ravenstack/ravenstack_{name}.csv")]
    open_ = findings(book_of([read(sheet, guess(sheet)) for sheet in given]))
    assert (open_.migrations, open_.proposals, open_.unmatched) == ((), (), ())


def test_months_in_columns_that_change_their_ids_are_told_too() -> None:
    first, second = (f"顧客ID,会社名,{months}\n" + "".join(
        f"{key}{at},商店{'甲乙丙丁'[at]},100,100,100\n" for at in range(4)) for key, months in (
        ("A", "2024年1月,2024年2月,2024年3月"), ("N", "2024年4月,2024年5月,2024年6月")))
    [one] = found(first=first, second=second).migrations
    assert {(move.old, move.new) for move in one.moves} == {(f"A{at}", f"N{at}") for at in range(4)}
    moved = Identities().with_migrations({move.new: move.old for move in one.moves})
    assert numbers(book(moved, first=first, second=second), "2024-04", "churn_mrr", "new_mrr", "mrr") == [0, 0, 400]
