"""Questions that a meeting asks: half the churn of this segment, everybody through onboarding; each a scenario."""

from __future__ import annotations

from dataclasses import dataclass

from cs_kpi.book import Book
from cs_kpi.locale import Message, _
from cs_kpi.measures.onboarding import no_criterion
from cs_kpi.measures.segments import segment_fields, segment_values
from cs_kpi.targets.entries import today
from cs_kpi.targets.forecast import Ground
from cs_kpi.targets.onboarding_groups import GROUPS_FIELD
from cs_kpi.targets.scenario import NOT_SET, DriverId, Scenario
from cs_kpi.targets.words import segment_label

HALF, MORE = 0.5, 1.1
MOST = 8
"""Segments of a field up to which each has its question; companies and the like have too many."""


@dataclass(frozen=True, slots=True)
class Question:
    """One driver of a segment (None: of everybody) at so many times today's value, or at a value of its own.

    field : by which it cuts; None: as the scenario does
    """

    text: Message
    driver: DriverId
    times: float
    field: str | None = None
    segment: str | None = None
    value: float | None = None

    @property
    def id(self) -> str:
        return f"{self.driver}|{self.field}|{self.segment}"


def questions(book: Book) -> list[Question]:
    """Those that this book can answer: churn halved, of everybody and of every segment; new MRR; onboarding."""
    found = [Question(_("Half the churn of everybody"), "churn", HALF)]
    if not no_criterion(book):
        found += [Question(_("Half the churn of customers that never finished onboarding"), "churn", HALF,
                           GROUPS_FIELD, "not_completed"),
                  Question(_("Everybody finishes onboarding"), "onboarding", 1.0, value=1.0)]
    found.append(Question(_("A tenth more new MRR"), "new", MORE))
    for field in segment_fields(book):
        values = segment_values(book, field)
        if 1 < len(values) <= MOST:
            found += [Question(_("Half the churn of {segment} ({field})", field=field.label,
                                 segment=segment_label(field.id, value)),
                               "churn", HALF, field.id, NOT_SET if value is None else value) for value in values]
    return found


def asked(scenario: Scenario, question: Question, of: Ground) -> Scenario:
    """The scenario with what is asked put in; changes of segments of another field go with their field.

    of : under the question's field, else the scenario's own
    """
    if question.field is not None and question.field != scenario.field:
        kept = tuple(one for one in scenario.changes if one.segment is None)
        scenario = scenario.model_copy(update={"field": question.field, "changes": kept})
    value = today(of, question.driver, question.segment) * question.times if question.value is None else question.value
    return scenario.with_change(question.driver, question.segment, round(value, 6))
