"""For what and for whom a deck is made: the book, its period, segment, customer, and what other rooms keep."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar, cast

from cs_kpi.actions.goals import ActivityGoal
from cs_kpi.actions.records import Action, Playbook, Run
from cs_kpi.actions.today import Today
from cs_kpi.actions.touch import TouchModel
from cs_kpi.book import Book
from cs_kpi.churn.risk import Outlook
from cs_kpi.deck.records import Deck
from cs_kpi.errors import DataError
from cs_kpi.health.starting import starting
from cs_kpi.health_rules import HealthConfiguration, HealthVersion
from cs_kpi.kpi.listing import hidden_name
from cs_kpi.kpi.passport import Passport, passport
from cs_kpi.kpi.readings import Segment
from cs_kpi.kpi.runs import is_complete, offered, run_up_to
from cs_kpi.kpi.side_by_side import first_field
from cs_kpi.locale import Language, _
from cs_kpi.measures.segments import segment_field, segment_fields
from cs_kpi.periods import PERIOD_KINDS, Period, PeriodKind, parse
from cs_kpi.settings import MoneyUnit
from cs_kpi.standing.standing import Standing, standing
from cs_kpi.targets.goals import ReviewNote, ReviewRules, Wanted
from cs_kpi.targets.scenario import Scenario

Found = TypeVar("Found")


@dataclass(frozen=True, eq=False)
class Kept:
    """What other rooms keep with the saved work.

    outlook : the trained churn model, asked for only where an item needs it; None: there is none
    versions : of the health score, the oldest first
    playbooks, runs : in force, and of customers; put_off : ids of those who wait; goals : of activity
    notes : of the review, for each target in the order of `targets`, by period
    rules : how targets are reviewed
    plan : of the scenarios the one that is the plan; None: there is none
    """

    outlook: Callable[[], Outlook | None] = lambda: None
    versions: tuple[HealthVersion, ...] = ()
    actions: Mapping[str, Action] = field(default_factory=dict)
    playbooks: Mapping[str, Playbook] = field(default_factory=dict)
    runs: Mapping[str, Run] = field(default_factory=dict)
    put_off: tuple[str, ...] = ()
    goals: Sequence[ActivityGoal] = ()
    touch: TouchModel | None = None
    targets: Sequence[Wanted] = ()
    notes: Sequence[Sequence[ReviewNote]] = ()
    rules: ReviewRules = field(default_factory=ReviewRules)
    scenarios: Sequence[Scenario] = ()
    plan: Scenario | None = None


@dataclass(frozen=True, eq=False)
class Scene:
    """What every item of a deck is made from. by : the field by which charts are cut; None: the one that says most"""

    book: Book
    period: Period
    run: tuple[Period, ...]
    language: Language
    money_unit: MoneyUnit = "one"
    hides_names: bool = False
    segment: Segment | None = None
    by: str | None = None
    customer: str | None = None
    kept: Kept = field(default_factory=Kept)

    @cached_property
    def health(self) -> HealthConfiguration:
        """By what health is scored: as saved, else the first guess. Raises DataError where nothing tells it."""
        return self.book.settings.health or starting(self.book, self.language)

    @cached_property
    def versions(self) -> tuple[HealthVersion, ...]:
        return self.kept.versions or (HealthVersion(number=1, configuration=self.health),)

    @cached_property
    def standing(self) -> Standing:
        return standing(self.book, self.health, self.period, self.segment)

    @cached_property
    def cut(self) -> str | None:
        """The field by which charts are cut; None where there is no column to do so."""
        if self.by or self.segment:
            return self.by or (self.segment.field if self.segment else None)
        fields = segment_fields(self.book)
        return first_field(self.book, self.period) or (fields[0].id if fields else None)

    @cached_property
    def outlook(self) -> Outlook | None:
        return self.kept.outlook()

    @cached_property
    def code(self) -> int:
        """The code of the deck's customer. Raises DataError where none is given, or the book does not know it."""
        if not self.customer:
            raise DataError(_("Choose the customer that these slides are about."))
        ids = self.book.customer_ids
        found = [place for place, id in enumerate(ids) if id == self.customer]
        if not found:
            raise DataError(_("There is no customer with the ID '{customer}' in the data. Choose another one.",
                              customer=self.customer))
        return found[0]

    def passport_of(self, kpi: str) -> Passport:
        """The passport of a KPI in the deck's period and segment, made once: several items show the same number."""
        if kpi not in self._passports:
            self._passports[kpi] = passport(self.book, kpi, self.period, self.segment)
        return self._passports[kpi]

    @cached_property
    def _passports(self) -> dict[str, Passport]:
        return {}

    def once(self, name: str, work: Callable[[Scene], Found]) -> Found:
        """`work(scene)`, done once for all items that share it under this name."""
        if name not in self._done:
            self._done[name] = work(self)
        return cast(Found, self._done[name])

    @cached_property
    def _done(self) -> dict[str, object]:
        return {}

    @cached_property
    def today(self) -> Today:
        """The customers of the data's last day, with the churn risk where it is believed."""
        found = self.outlook
        return Today(self.book, found.risks if found and found.verdict.is_fed else None)

    @property
    def customer_name(self) -> str:
        if self.hides_names:
            return hidden_name(self.code).text(self.language)
        return str(self.book.customers["customer_name"].iloc[self.code])


def scene(book: Book, deck: Deck, language: Language, money_unit: MoneyUnit = "one",
          kept: Kept | None = None) -> Scene:
    """The scene of a saved deck on today's book. Raises DataError for a period or field that the book has not."""
    period, run = period_and_run(book, deck)
    field_id = segment_field(book, deck.by).id if deck.by else None
    segment = None
    if field_id and (deck.segment is not None or deck.is_unset):
        segment = Segment(field_id, None if deck.is_unset else deck.segment)
    return Scene(book, period, tuple(run), deck.language or language, money_unit, deck.hides_names, segment,
                 field_id, deck.customer, kept or Kept())


def period_and_run(book: Book, deck: Deck) -> tuple[Period, list[Period]]:
    """The deck's period, or the last complete one of its kind, and the periods that charts over time show."""
    if not book.is_snapshot and (book.first_day is None or book.as_of is None):
        raise DataError(_("No contract with an amount and a start date was found. Assign 'Start date' and 'MRR' or "
                          "'Amount' to the columns of the contract sheet, on the data page."))
    first_month = book.settings.fiscal_year_start
    wanted = parse(deck.period, first_month) if deck.period and not book.is_snapshot else None
    kind: PeriodKind = wanted.kind if wanted else _kind(deck)
    every = offered(book, kind)
    if wanted is None:
        complete = [one for one in every if is_complete(book, one)]
        wanted = (complete or every)[-1]
    if wanted not in every:
        raise DataError(_("The data says nothing of {period}; it speaks of {first} to {last}. Choose one of these.",
                          period=wanted.id, first=every[0].id, last=every[-1].id))
    return wanted, run_up_to(wanted, every)


def _kind(deck: Deck) -> PeriodKind:
    return next((one for one in PERIOD_KINDS if one == deck.kind), "month")
