"""The growth page without a browser: verdict, filtered lists, a talk started at a click, settings that stay."""

from __future__ import annotations

import io

import pytest
from streamlit.testing.v1 import AppTest

from cs_kpi.actions.records import Action, Run
from cs_kpi.growth_rules import Extension
from cs_kpi.samples import sample
from cs_kpi.settings import Preferences, Settings
from cs_kpi.workspace import Workspace
from tests.growth.given import bought
from tests.test_pages import APP, keep_ledger, speak, texts

SECTIONS = ("candidates", "held", "rules", "test", "settings")


@pytest.fixture
def work(workspace_url: str) -> Workspace:
    return Workspace(workspace_url)


def opened(work: Workspace, section: str = "candidates", language: str = "en") -> AppTest:
    """The page with one section open, on the sample where nothing else is loaded."""
    work.save(Preferences(language=language, display_name="Sato"), "preferences", by="")  # type: ignore[arg-type]
    if not work.files():
        work.add_file(*sample(language, "tidy"), by="")  # type: ignore[arg-type]
    app = AppTest.from_file(APP, default_timeout=120)
    app.session_state["growth"] = section
    app = app.run().switch_page("pages/growth.py").run()
    assert not app.exception
    return app


def keep_purchases(work: Workspace) -> None:
    """Contracts in which B follows A, and a CSM for each."""
    found = io.BytesIO()
    rows = bought(seed=1, follows=6).tables["subscriptions"]
    rows.rename(columns={"customer_id": "Customer ID", "start_date": "Start date", "mrr": "MRR", "product": "Product"}
                ).assign(CSM=rows["customer_id"].str[-1].map(lambda digit: "Ann" if digit < "5" else "Ben")
                         ).to_csv(found, index=False)
    work.add_file("contracts.csv", found.getvalue(), by="")


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_opens_on_the_sample(work: Workspace, section: str, language: str) -> None:
    assert not opened(work, section, language).error


@pytest.mark.parametrize("section", SECTIONS)
def test_contracts_alone_are_enough_and_say_what_would_tell_more(work: Workspace, section: str) -> None:
    speak(work, "en")
    keep_ledger(work)
    app = opened(work, section)
    assert not app.error
    assert "'Seats full' takes" in texts(app).replace("\\", "")
    if section == "rules":
        assert "Product" in app.info[0].value
    if section == "held":
        assert "Reasons that this data cannot tell" in app.expander[1].label


def test_a_list_without_dates_says_that_it_takes_contracts(work: Workspace) -> None:
    rows = "".join(f"C{one},{100 * one},{'Yes' if one % 3 == 0 else 'No'},{one}\n" for one in range(1, 31))
    work.add_file("list.csv", f"Customer ID,Monthly fee,Churn,Tenure\n{rows}".encode(), by="")
    assert "contracts with a start date" in opened(work).error[0].value


def test_the_verdict_stands_above_the_names(work: Workspace) -> None:
    keep_purchases(work)
    app = opened(work)
    assert "better than chance" in app.success[0].value
    assert "how often" in app.warning[0].value
    frame = app.dataframe[0].value
    assert frame["Offer"].unique().tolist() == ["B"]
    assert frame["Expected MRR"].is_monotonic_decreasing


def test_filters_narrow_by_owner_and_kind(work: Workspace) -> None:
    keep_purchases(work)
    app = opened(work)
    everybody = len(app.dataframe[0].value)
    app.selectbox(key="growth-owner-en").set_value("Ann").run()
    mine = app.dataframe[0].value
    assert 0 < len(mine) < everybody
    assert set(mine["CSM"]) == {"Ann"}
    app.selectbox(key="growth-kind-en").set_value("upsell").run()
    assert not app.exception
    assert "Nobody is a candidate here" in app.info[0].value


def test_a_candidate_starts_the_expansion_talk_signed_and_with_its_reasons(work: Workspace) -> None:
    keep_purchases(work)
    app = opened(work)
    app.button(key="growth-start").click().run()
    assert not app.exception
    [run] = work.all(Run).values()
    assert (run.playbook, run.customer_id) == ("seats_full", app.dataframe[0].value["Customer ID"].iloc[0])
    assert run.because.startswith("has A, ")
    assert {one.title for one in work.all(Action).values()} >= {"Send an offer that fits what was said"}
    assert {one.by for one in work.signatures(Run).values()} == {"Sato"}


def test_rules_are_listed_with_their_counts(work: Workspace) -> None:
    keep_purchases(work)
    frame = opened(work, "rules").dataframe[0].value
    assert frame.iloc[0, :2].tolist() == ["A", "B"]


def test_signs_limits_and_extensions_are_saved_and_taken_back(work: Workspace) -> None:
    app = opened(work, "settings")
    app.number_input(key="growth-seats_share").set_value(75).run()
    app.number_input(key="growth-plan-Standard").set_value(30.0).run()
    app.button(key="growth-extend").click().run()
    saved = work.load(Settings, "settings")
    assert saved is not None
    assert saved.growth.seats_share == 0.75
    assert saved.growth.plan_limits == {"Standard": 30.0}
    [one] = saved.growth.extends
    assert isinstance(one, Extension)
    app = opened(work, "settings")
    assert app.number_input(key="growth-seats_share").value == 75
    app.number_input(key="growth-plan-Standard").set_value(None).run()
    app.button(key="growth-extension-0").click().run()
    saved = work.load(Settings, "settings")
    assert saved is not None
    assert saved.growth.plan_limits == {}
    assert saved.growth.extends == ()


def test_hidden_names_are_hidden(work: Workspace) -> None:
    keep_purchases(work)
    work.save(Preferences(language="en", hides_names=True), "preferences", by="")
    app = AppTest.from_file(APP, default_timeout=120).run().switch_page("pages/growth.py").run()
    shown = texts(app) + " ".join(str(one) for box in app.selectbox for one in box.options)
    shown += " ".join(frame.value.astype(str).to_csv() for frame in app.dataframe)
    assert "C00" not in shown
    assert "Customer 0" in shown
