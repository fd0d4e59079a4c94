"""The slides page without a browser: decks are saved under names, opened, deleted, and every step can be undone."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from cs_kpi.deck.presets import PRESETS
from cs_kpi.deck.records import Deck
from cs_kpi.samples import sample
from cs_kpi.settings import Preferences
from cs_kpi.workspace import Workspace
from tests.test_pages import APP


@pytest.fixture
def work(workspace_url: str) -> Workspace:
    return Workspace(workspace_url)


@pytest.fixture
def page(work: Workspace) -> AppTest:
    work.save(Preferences(language="en", display_name="Sato"), "preferences", by="")
    work.add_file(*sample("en", "tidy"), by="")
    app = AppTest.from_file(APP, default_timeout=120).run().switch_page("pages/slides.py").run()
    assert not app.exception
    return app


def named(app: AppTest, name: str) -> AppTest:
    field = next(one for one in app.text_input if one.label == "Name of the deck")
    return fine(field.set_value(name).run())


def clicked(app: AppTest, key: str) -> AppTest:
    return fine(app.button(key=key).click().run())


def fine(app: AppTest) -> AppTest:
    assert not app.exception
    assert not app.error
    return app


def said(app: AppTest) -> str:
    return "\n".join(one.value for one in [*app.markdown, *app.caption]).replace("\\", "")


def test_a_deck_is_saved_changed_opened_again_and_deleted_with_a_way_back(page: AppTest, work: Workspace) -> None:
    named(page, " Team  meeting ")
    assert "The deck 'Team meeting' was saved." in said(page)
    assert "Open: 'Team meeting'." in said(page)
    kept = work.load(Deck, "kept:Team meeting")
    assert kept is not None
    assert kept.items == list(PRESETS["monthly"].items)

    clicked(page, "deck-out-movements")
    assert "changed since it was saved" in said(page)
    assert work.load(Deck, "kept:Team meeting") == kept
    clicked(page, "deck-open-0")
    assert work.load(Deck, "monthly") == kept
    clicked(page, "deck-undo")
    assert "movements" not in work.load(Deck, "monthly").items  # type: ignore[union-attr]

    clicked(page, "deck-delete-0")
    assert work.load(Deck, "kept:Team meeting") is None
    assert "The deck 'Team meeting' was deleted." in said(page)
    clicked(page, "deck-undo")
    assert work.load(Deck, "kept:Team meeting") == kept


def test_opening_a_deck_shows_the_preset_that_it_began_with(page: AppTest, work: Workspace) -> None:
    work.save(Deck(name="For the board", preset="board").with_items(["trend-arr"]), "kept:For the board", by="")
    fine(page.run())
    clicked(page, "deck-open-0")
    assert page.session_state["deck-preset"] == "board"
    assert "Items of the deck: 1" in [one.value for one in page.subheader]
    assert work.load(Deck, "monthly") is None


def test_saving_under_a_name_that_is_taken_can_be_undone(page: AppTest, work: Workspace) -> None:
    older = Deck(name="March", preset="board").with_items(["trend-arr"])
    work.save(older, "kept:March", by="")
    named(fine(page.run()), "March")
    assert work.load(Deck, "kept:March").preset == "monthly"  # type: ignore[union-attr]
    clicked(page, "deck-undo")
    assert work.load(Deck, "kept:March") == older


def test_a_deck_is_built_with_the_note_that_was_typed_right_before(page: AppTest) -> None:
    """The button was made for the deck without the note; the click that comes with the note still builds it."""
    page.text_input(key="deck-note-monthly-kpis").set_value("Ask Sato")
    clicked(page, "deck-build")
    assert [one for one in page.get("download_button") if "deck-download" in one.proto.id]
