"""The part of the data page on who is who: shown where there is something, decided, undone, remembered."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cs_kpi.identity.records import Identities
from cs_kpi.samples import sample
from cs_kpi.settings import Preferences
from cs_kpi.workspace import Workspace

APP = str(Path(__file__).parent.parent / "app.py")
TITLE = "Customers named in different ways"
CONTRACTS = """顧客ID,会社名,契約開始日,解約日,月額
C1,(株)山田,2024-01-01,,100
C2,山田㈱,2024-02-01,,150
C3,鈴木商店,2024-01-01,,200
C4,鈴木商店,2024-01-01,,300
"""
SURVEYS = "会社名,回答日,NPS\n(株)山田,2024-03-01,9\n高橋製作所,2024-03-01,8\n"
MOVED = "顧客ID,会社名,契約開始日,解約日,月額\n" + "".join(
    f"A{at},{name},2024-01-01,2024-03-31,100\nN{at},{name},2024-04-01,,100\n"
    for at, name in enumerate(("青空物流", "みどり食品", "桜井製作所", "ソラシド電機")))


@pytest.fixture
def work(workspace_url: str) -> Workspace:
    found = Workspace(workspace_url)
    found.save(Preferences(language="en"), "preferences", by="")
    return found


def opened(work: Workspace, **files: str) -> AppTest:
    for name, text in files.items():
        work.add_file(f"{name}.csv", text.encode(), by="")
    return ready(AppTest.from_file(APP, default_timeout=60).run())


def ready(app: AppTest) -> AppTest:
    assert not app.exception
    assert not app.error
    return app


def decided(work: Workspace) -> Identities:
    return work.load(Identities, "identities") or Identities()


def click(app: AppTest, key: str) -> AppTest:
    """The first button whose key begins so."""
    return ready(next(one for one in app.button if str(one.key).startswith(key)).click().run())


def customers(app: AppTest) -> str:
    return str(next(one for one in app.metric if one.label == "Customers").value)


def titles(app: AppTest) -> list[str]:
    return [str(one.value) for one in app.subheader]


@pytest.mark.parametrize("kind", ["tidy", "messy"])
def test_shows_nothing_where_there_is_nothing(work: Workspace, kind: str) -> None:
    work.add_file(*sample("en", kind), by="")  # type: ignore[arg-type]
    assert TITLE not in titles(opened(work))


def test_a_proposal_is_accepted_and_undone(work: Workspace) -> None:
    app = opened(work, contracts=CONTRACTS)
    assert (TITLE in titles(app), customers(app)) == (True, "4")
    app = click(app, "same-form-yes")
    assert decided(work).merges == {"C2": "C1"}
    assert customers(app) == "3"
    app = click(app, "decision-undo-all")
    assert (decided(work), customers(app)) == (Identities(), "4")


def test_a_proposal_that_is_declined_is_gone_and_changes_nothing(work: Workspace) -> None:
    app = click(opened(work, contracts=CONTRACTS), "same-same_name-no")
    assert decided(work).declined == (("C3", "C4"),)
    assert customers(app) == "4"
    assert not [one for one in app.button if str(one.key).startswith("same-same_name")]


def test_a_single_decision_is_undone(work: Workspace) -> None:
    app = click(click(opened(work, contracts=CONTRACTS), "same-form-yes"), "same-same_name-yes")
    app = ready(next(one for one in app.selectbox if one.label == "Decision").set_value(0).run())
    click(app, "decision-undo")
    assert decided(work).merges == {"C4": "C3"}


def test_a_key_of_nobody_is_given_to_a_customer_and_stays_so_next_month(work: Workspace) -> None:
    app = opened(work, contracts=CONTRACTS, surveys=SURVEYS)
    assert customers(app) == "5"
    app = ready(app.selectbox(key="unmatched-customer").set_value("C3").run())
    app = click(app, "unmatched-assign")
    assert decided(work).aliases == {"surveys": {"高橋製作所": "C3"}}
    assert customers(app) == "4"
    assert customers(opened(work, april=SURVEYS.replace("2024-03", "2024-04"))) == "4"


def test_a_join_by_name_is_said_and_can_be_taken_back(work: Workspace) -> None:
    app = opened(work, contracts=CONTRACTS, surveys=SURVEYS)
    assert any("1 row holds the customer's name" in str(one.value) for one in app.markdown)
    app = ready(app.selectbox(key="join-picked").set_value(("(株)山田", "C1")).run())
    assert customers(click(app, "join-apart")) == "6"


def test_a_migration_is_confirmed_and_nobody_churns(work: Workspace) -> None:
    app = opened(work, contracts=MOVED)
    assert any("4 of 4 customers end" in str(one.value) for one in app.warning)
    app = click(app, "move-2024-03-31-all")
    assert decided(work).migrations == {f"N{at}": f"A{at}" for at in range(4)}
    assert customers(app) == "4"
    app = ready(app.switch_page("pages/overview.py").run())
    app = ready(app.selectbox(key="period").set_value("2024-04").run())
    values = {one.label: one.value for one in app.metric}
    assert (values["Churned customers"], values["New customers"], values["MRR"]) == ("0", "0", "400")


def test_one_pair_of_a_migration_is_confirmed(work: Workspace) -> None:
    app = click(opened(work, contracts=MOVED), "move-2024-03-31-yes")
    assert decided(work).migrations == {"N0": "A0"}
    assert customers(app) == "7"


def test_hundreds_of_proposals_show_the_first_and_are_accepted_at_once(work: Workspace) -> None:
    rows = "".join(f"A{at},株式会社商店{kanji},2024-01-01,100\nB{at},商店{kanji}㈱,2024-02-01,100\n"
                   for at, kanji in enumerate(map(chr, range(0x4E00, 0x4E00 + 500))))
    app = opened(work, contracts="顧客ID,会社名,契約開始日,月額\n" + rows)
    assert len([one for one in app.button if str(one.key).startswith("same-form-yes")]) == 5
    app = click(app, "same-form-all")
    assert (len(decided(work).merges), customers(app)) == (500, "500")


def test_stores_are_counted_under_their_company_when_the_setting_says_so(work: Workspace) -> None:
    app = opened(work, customers="顧客ID,顧客名,親会社ID\nC1,本社,\nC2,渋谷店,C1\nC3,新宿店,C1\n",
                 contracts="顧客ID,契約開始日,月額\nC2,2024-01-01,100\nC3,2024-01-01,200\n")
    assert customers(app) == "3"
    app = ready(app.switch_page("pages/settings.py").run())
    app = ready(app.toggle(key="set-rolls_up_to_parent").set_value(True).run())
    app = ready(app.switch_page("pages/data.py").run())
    assert customers(app) == "1"
    assert any("counted under their parent company" in str(one.value) for one in app.markdown)


def test_names_with_markdown_are_text(work: Workspace) -> None:
    trap = "![x](https://example.invalid/p.png)"
    app = opened(work, contracts=CONTRACTS.replace("山田", trap), surveys=SURVEYS.replace("高橋製作所", trap))
    shown = [str(one.value) for block in (app.markdown, app.warning, app.caption) for one in block]
    assert not [text for text in shown if "![x](" in text]
