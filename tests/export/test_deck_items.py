"""Every item of a deck, with targets, actions and scenarios kept: what its notes say, and that it names nobody."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from cs_kpi.actions.records import Action
from cs_kpi.deck.content import Grid
from cs_kpi.deck.items import ITEMS
from cs_kpi.deck.making import Made, made
from cs_kpi.deck.presets import PRESETS, deck_of
from cs_kpi.deck.records import Deck, Slot
from cs_kpi.deck.scene import Kept, Scene, scene
from cs_kpi.export.deck_file import built
from cs_kpi.export.slides import presentation
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.facts import COUNTED_LABELS
from cs_kpi.kpi.readings import missing
from cs_kpi.locale import Message
from cs_kpi.targets.goals import Wanted
from cs_kpi.targets.scenario import Change, Scenario
from tests.export.test_decks import book

WHO = 10
WANTED = (Wanted(kpi="nrr", first=dt.date(2024, 5, 1), values=(0.9, 1.2)),
          Wanted(kpi="mrr", first=dt.date(2025, 1, 1), values=(9e6, 9e6)))
LESS_CHURN = Scenario(name="解約を半分に", changes=(Change(driver="churn", value=0.01),))


@cache
def full(hides_names: bool = True) -> Scene:
    """With everything that other pages keep but a churn model, which takes long to train."""
    who = str(book("ja").customer_ids[WHO])
    kept = Kept(actions={"1": Action(customer_id=who, title="更新の相談", due_on=dt.date(2025, 4, 1),
                                     made_on=dt.date(2025, 3, 1))},
                targets=WANTED, scenarios=[LESS_CHURN], plan=Scenario(name="計画"))
    return scene(book("ja"), deck_of("monthly", customer=who, hides_names=hides_names), "ja", kept=kept)


@cache
def all_items() -> Made:
    return made(full(), Deck(slots=tuple(Slot(item=id, rows=5) for id in ITEMS)))


def words(thing: object) -> Iterator[str]:
    """All words of a page, in its charts and tables."""
    if isinstance(thing, Message):
        yield thing.text("ja")
    elif isinstance(thing, str):
        yield thing
    elif is_dataclass(thing) and not isinstance(thing, type):
        for field in fields(thing):
            yield from words(getattr(thing, field.name))
    elif isinstance(thing, (tuple, list, frozenset)):
        for one in thing:
            yield from words(one)


def customers() -> list[str]:
    return [str(name) for name in book("ja").customers["customer_name"]]


def test_no_item_names_a_customer_where_names_are_hidden() -> None:
    assert len({page.item for page in all_items().pages}) > 90
    named = {page.item for page in all_items().pages if any(name in said for said in words(page)
                                                            for name in customers())}
    assert named == set()


@pytest.mark.parametrize("preset", PRESETS)
def test_no_preset_names_a_customer_where_names_are_hidden(preset: str) -> None:
    found = built(full(), deck_of(preset, hides_names=True, customer=full().customer))
    said = "".join(_texts(found.data))
    assert [name for name in customers() if name in said] == []
    assert full(hides_names=False).customer_name in customers()


def _texts(package: bytes) -> Iterator[str]:
    """Of all parts, those of the workbooks behind charts too."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        for name in archive.namelist():
            if name.endswith(".xlsx"):
                yield from _texts(archive.read(name))
            elif name.endswith(".xml"):
                yield archive.read(name).decode()


def test_the_notes_of_every_item_say_all_that_a_speaker_may_be_asked() -> None:
    here = full()
    for page in all_items().pages:
        said = "\n".join(page.speaker)
        told = [KPIS[name] for name in ITEMS[page.item].kpis if missing(here.book, KPIS[name]) is None]
        for label in ("分子", "分母", "95%信頼区間", "採用した定義"):
            count = said.count(f"\n{label}：") + (said.count("\n下限：") if label.startswith("95") else 0)
            assert count == len(told), (page.item, label)
        assert sum(said.count(f"\n{label.text('ja')}：") for label in COUNTED_LABELS.values()) == len(told), page.item
        for kpi in told:
            assert kpi.definition.text("ja") in said, (page.item, kpi.id)
        assert "データ元：tidy_ja.xlsx" in said, page.item
        assert "データ基準日：2025/03/31" in said, page.item
        if isinstance(page.content, Grid):
            assert f"n（行数）：{page.content.total}" in said, page.item
        assert page.content.footnote.text("ja"), page.item


def test_every_chart_and_table_has_alternative_text_and_notes_of_its_own() -> None:
    pages = all_items().pages
    slides = Presentation(io.BytesIO(presentation(pages, "ja"))).slides
    assert len(slides) >= len(pages) > 90
    for slide in slides:
        shown = [shape for shape in slide.shapes
                 if shape.has_chart or shape.has_table or shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
        assert len(shown) == 1, slide.shapes.title.text_frame.text
        assert len(shown[0]._element.xpath(".//p:cNvPr/@descr")[0]) > 20, slide.shapes.title.text_frame.text
        assert "データ元" in slide.notes_slide.notes_text_frame.text


def test_kept_targets_and_scenarios_stand_in_the_deck_as_their_pages_have_them() -> None:
    pages = {page.content.id: page.content for page in all_items().pages}
    assert {"targets", "target-courses", "scenarios", "fan-mrr"} <= {page.item for page in all_items().pages}
    table, scenarios = pages["targets-table"], pages["scenarios"]
    assert isinstance(table, Grid)
    assert isinstance(scenarios, Grid)
    assert len(table.rows) == len(WANTED)
    shown = " ".join(word for row in scenarios.rows for word in row) + " ".join(scenarios.heads)
    assert LESS_CHURN.name in shown
