"""Records of any kind: one pydantic model each."""

import datetime as dt
from decimal import Decimal
from typing import ClassVar

import pytest
from pydantic import BaseModel, ConfigDict, computed_field

from cs_kpi.ingest.records import SheetMapping
from cs_kpi.settings import Preferences, Settings
from cs_kpi.workspace import Workspace


class Scenario(BaseModel):
    record_kind: ClassVar[str] = "scenario"
    rate: float


class ScenarioWithName(BaseModel):
    """The same kind as a later version of the app declares it."""

    record_kind: ClassVar[str] = "scenario"
    rate: float
    name: str


def test_gives_back_what_was_saved(work: Workspace) -> None:
    settings = Settings(fiscal_year_start=4, currency_rates={"USD": Decimal("151.20")}, as_of=dt.date(2024, 12, 31))
    work.save(settings, "team", by="佐藤")
    assert work.load(Settings, "team") == settings


def test_is_none_without_a_record(work: Workspace) -> None:
    assert work.load(Settings, "team") is None
    assert work.all(Settings) == {}


def test_saving_again_takes_the_place_and_signs_anew(work: Workspace) -> None:
    work.save(Scenario(rate=0.1), "a", by="Sato")
    work.save(Scenario(rate=0.2), "a", by="Tanaka")
    assert work.all(Scenario) == {"a": Scenario(rate=0.2)}
    assert work.signatures(Scenario)["a"].by == "Tanaka"


def test_signs_with_the_moment_in_utc(work: Workspace) -> None:
    before = dt.datetime.now(dt.UTC)
    work.save(Scenario(rate=0.1), "a", by="Sato")
    assert before <= work.signatures(Scenario)["a"].at <= dt.datetime.now(dt.UTC)


def test_kinds_do_not_meet(work: Workspace) -> None:
    work.save(Settings(), "one", by="")
    work.save(Preferences(display_name="佐藤"), "one", by="")
    assert work.load(Settings, "one") == Settings()
    assert work.load(Preferences, "one") == Preferences(display_name="佐藤")


def test_keys_may_hold_any_text(work: Workspace) -> None:
    key = "0c1f:契約台帳 (2)/'\"%_"
    work.save(SheetMapping(file="a.xlsx", sheet="契約台帳"), key, by="")
    assert list(work.all(SheetMapping)) == [key]


def test_several_are_saved_together_or_not_at_all(work: Workspace) -> None:
    broken = Scenario.model_construct(rate="much")
    with pytest.raises(ValueError, match="does not survive"), pytest.warns(UserWarning, match="serialized value"):
        work.save_all({"a": Scenario(rate=0.1), "b": broken}, by="")
    assert work.all(Scenario) == {}


def test_removes_one(work: Workspace) -> None:
    work.save_all({"a": Scenario(rate=0.1), "b": Scenario(rate=0.2)}, by="")
    work.remove(Scenario, "a")
    assert list(work.all(Scenario)) == ["b"]


def test_computed_fields_do_not_get_in_the_way(work: Workspace) -> None:
    class Circle(BaseModel):
        model_config = ConfigDict(extra="forbid")
        radius: float

        @computed_field
        def width(self) -> float:
            return 2 * self.radius

    work.save(Circle(radius=2), "a", by="")
    assert work.load(Circle, "a") == Circle(radius=2)


def test_a_record_of_another_version_is_skipped_and_reported(work: Workspace) -> None:
    work.save(Scenario(rate=0.1), "old", by="")
    work.save(ScenarioWithName(rate=0.2, name="b"), "new", by="")
    assert list(work.all(ScenarioWithName)) == ["new"]
    assert work.load(ScenarioWithName, "old") is None
    assert [(r.kind, r.key, r.reason) for r in work.unreadable()] == [("scenario", "old", "name: Field required")]


def test_a_record_that_cannot_be_read_is_not_lost_when_another_takes_its_place(url: str, work: Workspace) -> None:
    work.save(Scenario(rate=0.1), "a", by="")
    work.all(ScenarioWithName)
    work.save(ScenarioWithName(rate=0.2, name="b"), "a", by="")

    class Kept(BaseModel):
        record_kind: ClassVar[str] = "scenario.unreadable"
        rate: float

    assert work.unreadable() == []
    assert work.load(ScenarioWithName, "a") == ScenarioWithName(rate=0.2, name="b")
    assert list(work.all(Kept).values()) == [Kept(rate=0.1)]


def test_version_changes_with_every_change_and_only_then(work: Workspace) -> None:
    seen = [work.version()]
    for change in (lambda: work.save(Scenario(rate=0.1), "a", by=""), lambda: work.add_file("a", b"a", by=""),
                   lambda: work.remove(Scenario, "a"), lambda: work.forget()):
        change()
        assert work.version() not in seen
        seen.append(work.version())
    work.remove(Scenario, "a")
    work.remove_file("0" * 64)
    work.save_all({}, by="")
    work.all(Scenario)
    assert work.version() == seen[-1]


def test_version_tells_one_session_of_the_change_of_another(url: str, work: Workspace) -> None:
    before = work.version()
    Workspace(url).save(Scenario(rate=0.1), "a", by="")
    assert work.version() != before
