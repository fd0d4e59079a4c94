"""The customer page without a browser: reached by address, written on, and honest about what is not there."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cs_kpi.actions.records import Action
from cs_kpi.customer.records import Note
from cs_kpi.health.history import last_day
from cs_kpi.health.score import customers_at
from cs_kpi.pulse_notes import PulseNote
from cs_kpi.samples import sample
from cs_kpi.settings import Preferences, Settings
from cs_kpi.workspace import Workspace
from tests.churn.given import planted
from tests.health.given import configuration
from tests.pages.test_risk import trained
from tests.test_cli_risk import files
from tests.test_pages import APP, keep_ledger, speak, texts

SECTIONS = ("story", "money", "use", "health", "like")
ODD = ["A&B", "顧客 #1/2", "<b>'\"</b>", "a%2Fb", "[x](y)*_$"]


@pytest.fixture
def work(workspace_url: str) -> Workspace:
    return Workspace(workspace_url)


def on_sample(work: Workspace, id: str = "C0005", section: str = "story", language: str = "en", **more: object
              ) -> AppTest:
    work.save(Preferences(language=language, display_name="Sato", **more), "preferences", by="")  # type: ignore[arg-type]
    if not work.files():
        work.add_file(*sample(language, "tidy"), by="")  # type: ignore[arg-type]
    return opened(id, section)


def opened(id: str, section: str = "story") -> AppTest:
    app = AppTest.from_file(APP, default_timeout=120)
    app.session_state["customer"] = section
    app = app.run().switch_page("pages/customer.py")
    app.query_params["id"] = id
    app = app.run()
    assert not app.exception
    return app


def click(app: AppTest, label: str) -> AppTest:
    after = next(one for one in app.button if one.label == label).click().run()
    assert not after.exception
    return after


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_opens_on_the_sample(work: Workspace, section: str, language: str) -> None:
    app = on_sample(work, section=section, language=language)
    assert not app.error
    assert not app.warning


@pytest.mark.parametrize("section", SECTIONS)
def test_contracts_alone_are_enough_and_one_line_says_what_is_missing(work: Workspace, section: str) -> None:
    speak(work, "en")
    keep_ledger(work)
    app = opened("C05", section)
    assert not app.error
    [line] = [one.value for one in app.caption if one.value.startswith("Not in the data")]
    assert all(word in line for word in ("use by feature and user", "onboarding steps", "answers", "contacts"))
    assert "contracts and MRR" not in line


@pytest.mark.parametrize("section", SECTIONS)
def test_a_list_without_dates_opens_every_section(work: Workspace, section: str) -> None:
    speak(work, "en")
    rows = "".join(f"C{number},{100 * number},{'Yes' if number % 3 == 0 else 'No'},{number}\n"
                   for number in range(1, 31))
    work.add_file("list.csv", f"Customer ID,Monthly fee,Churn,Tenure\n{rows}".encode(), by="")
    assert not opened("C7", section).error


@pytest.mark.parametrize("section", SECTIONS)
def test_use_alone_opens_every_section(work: Workspace, section: str) -> None:
    speak(work, "en")
    rows = "".join(f"C{number % 9},2024-{number % 6 + 1:02d}-05,Report,{number}\n" for number in range(1, 60))
    work.add_file("usage.csv", f"Customer ID,Date,Feature,Count\n{rows}".encode(), by="")
    assert not opened("C7", section).error


def test_an_id_that_nobody_has_gets_a_sentence_and_the_picker_stays(work: Workspace) -> None:
    app = on_sample(work, id="nobody & <b>")
    assert "no customer with the ID" in app.warning[0].value
    assert "nobody" in app.warning[0].value
    app = app.selectbox[0].set_value(4).run()
    assert not app.warning
    assert app.query_params["id"] in ("C0005", ["C0005"])


def test_without_an_id_the_page_asks_for_a_customer(work: Workspace) -> None:
    speak(work, "en")
    keep_ledger(work)
    app = AppTest.from_file(APP, default_timeout=60).run().switch_page("pages/customer.py").run()
    assert "Pick a customer above" in app.info[0].value
    assert not app.tabs


@pytest.mark.parametrize("id", ODD)
def test_an_id_of_odd_signs_opens_its_customer(work: Workspace, id: str) -> None:
    speak(work, "en")
    quoted = '"' + id.replace('"', '""') + '"'
    work.add_file("c.csv", f"Customer ID,MRR,Start date\n{quoted},123,2024-01-01\nZ,1,2024-01-01\n".encode(), by="")
    app = opened(id)
    assert app.selectbox[0].value is not None
    assert app.metric[0].value == "123"
    app.text_area(key=f"note-{id}").set_value("Hello").run()
    assert [one.customer_id for one in kept_note(app, work)] == [id]


def kept_note(app: AppTest, work: Workspace) -> list[Note]:
    click(app, "Keep the note")
    return list(work.all(Note).values())


def test_a_note_is_signed_kept_removed_and_brought_back_as_it_was(work: Workspace) -> None:
    app = on_sample(work)
    app.text_area(key="note-C0005").set_value("Wants *more* seats").run()
    [note] = kept_note(app, work)
    assert (note.text, note.by, note.at.tzinfo is not None) == ("Wants *more* seats", "Sato", True)
    app = opened("C0005")
    assert "Wants \\*more\\* seats" in texts(app)
    app = click(app, "Remove")
    assert work.all(Note) == {}
    click(app, "Undo")
    assert list(work.all(Note).values()) == [note]


def test_an_empty_note_is_refused_in_words(work: Workspace) -> None:
    app = click(on_sample(work), "Keep the note")
    assert "it is empty" in app.error[0].value
    assert work.all(Note) == {}


def test_anothers_note_cannot_be_removed(work: Workspace) -> None:
    note = Note(customer_id="C0005", text="Mine", by="Ito", at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC))
    work.save(note, "k", by="Ito")
    app = on_sample(work)
    assert "Mine" in texts(app)
    assert [one for one in app.button if one.label == "Remove"] == []


def test_a_pulse_is_kept_and_stands_in_the_timeline(work: Workspace) -> None:
    app = on_sample(work)
    group = next(one for one in app.button_group if one.key and str(one.key).startswith("pulse-C0005"))
    group.set_value(2).run()
    app.date_input(key="pulse-day-C0005").set_value(dt.date(2025, 3, 1)).run()
    click(app, "Keep the pulse")
    [pulse] = work.all(PulseNote).values()
    assert (pulse.customer_id, pulse.value, pulse.date, pulse.by) == ("C0005", 2, dt.date(2025, 3, 1), "Sato")
    app = opened("C0005")
    timeline = app.dataframe[0].value
    assert timeline.loc[timeline["Date"] == dt.date(2025, 3, 1), "What happened"].tolist() == ["Pulse 2 of 5"]


def test_a_pulse_without_a_number_is_refused(work: Workspace) -> None:
    assert "pick a number" in click(on_sample(work), "Keep the pulse").error[0].value


def test_open_actions_are_ticked_here(work: Workspace) -> None:
    action = Action(customer_id="C0005", title="Call *them*", owner="Ito", due_on=dt.date(2024, 1, 1),
                    made_on=dt.date(2024, 1, 1))
    work.save_all({"one": action, "other": action.model_copy(update={"customer_id": "C0006"})}, by="Ito")
    app = on_sample(work)
    assert "Open actions: 1" in texts(app)
    assert "overdue since 2024\\-01\\-01" in app.checkbox[0].label
    app.checkbox[0].check().run()
    assert [work.all(Action)[key].status for key in ("one", "other")] == ["done", "open"]


def test_where_names_are_hidden_neither_name_nor_id_is_shown_or_in_the_address(work: Workspace) -> None:
    name = next(one for one in on_sample(work).subheader).value
    app = on_sample(work, hides_names=True)
    said = texts(app) + str(app.selectbox[0].options)
    assert "Customer 0005" in said
    assert name not in said
    assert "C0005" not in said
    assert app.query_params["number"] in ("0005", ["0005"])
    assert "id" not in app.query_params


def test_the_timeline_filters_by_kind_and_keeps_the_choice(work: Workspace) -> None:
    app = on_sample(work)
    whole = len(app.dataframe[0].value)
    pills = next(one for one in app.button_group if str(one.key).startswith("customer-kinds"))
    app = pills.set_value(["contract"]).run()
    assert set(app.dataframe[0].value["Kind"]) == {"Contract and MRR"}
    assert len(app.dataframe[0].value) < whole
    app = app.selectbox[0].set_value(6).run()
    assert set(app.dataframe[0].value["Kind"]) == {"Contract and MRR"}


def test_many_customers_are_searched(work: Workspace) -> None:
    speak(work, "en")
    rows = "".join(f"C{number:04d},Company {number},100,2024-01-01\n" for number in range(600))
    work.add_file("c.csv", f"Customer ID,Customer name,MRR,Start date\n{rows}".encode(), by="")
    app = AppTest.from_file(APP, default_timeout=60).run().switch_page("pages/customer.py").run()
    assert len(app.selectbox[0].options) == 200
    app = app.text_input(key="customer-search").set_value("company 599").run()
    assert app.selectbox[0].options == ["Company 599 (C0599)"]


def test_customers_names_lead_to_the_page_in_lists_of_every_kind(work: Workspace) -> None:
    """A name is a button column of the table; what it opens is told apart by the ids behind the rows."""
    on_sample(work)
    app = AppTest.from_file(APP, default_timeout=120).run().switch_page("pages/retention.py").run()
    config = [json.loads(one.proto.columns) for one in app.dataframe if one.proto.columns]
    assert any(one.get("Customer name", {}).get("type_config", {}).get("type") == "button" for one in config)


def test_the_score_is_shown_with_what_it_is_made_of_and_its_history(work: Workspace) -> None:
    work.save(Settings(health=configuration(("use_recency", 60, 0, 1), ("nps_last", 0, 10, 1))), "settings", by="")
    app = on_sample(work, id="C0009", section="health")
    assert "Health score" in [one.label for one in app.metric]
    titles = "\n".join(one.value for one in app.subheader)
    assert "is made of" in titles
    assert "Health of" in titles
    assert "No model of churn risk has been trained yet." in texts(app)


def test_a_believed_risk_is_told_in_words_with_what_would_change_it(work: Workspace, tmp_path: Path) -> None:
    speak(work, "en")
    book = planted(300, 24).book
    for file in files(tmp_path, book):
        work.add_file(Path(file).name, Path(file).read_bytes(), by="")
    trained(AppTest.from_file(APP, default_timeout=90).run().switch_page("pages/risk.py").run(), work)
    there = set(customers_at(book, last_day(book)))
    app = opened(str(book.customer_ids[min(there)]), "health")
    assert "Churn risk" in [one.label for one in app.metric]
    assert "Risk of leaving" in texts(app)
    assert any(one.value.startswith(("- ↑", "- ↓")) for one in app.markdown)
    gone = next(code for code in range(len(book.customer_ids)) if code not in there)
    assert "it has no risk of leaving" in texts(opened(str(book.customer_ids[gone]), "health"))
