"""A trained model with its test, as a record that is saved with the work: plain numbers, nothing that could run.

Risks are not kept: they are told anew from the data of the day, by the model as it was trained.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from cs_kpi.book import Book
from cs_kpi.churn.features import Feature
from cs_kpi.churn.history import History
from cs_kpi.churn.honesty import verdict
from cs_kpi.churn.leaks import Kind, Leak
from cs_kpi.churn.metrics import Curve
from cs_kpi.churn.model import Learned
from cs_kpi.churn.registry import at_hand, features
from cs_kpi.churn.risk import Outlook, risks_now
from cs_kpi.churn.scorecard import Scorecard
from cs_kpi.churn.tested import CalibrationBand, ClosingUse, Evaluation, Score, Top
from cs_kpi.churn_rules import ChurnSettings
from cs_kpi.locale import Message, _

LEARNS_NOTHING_FROM = {"health", "churn", "convention", "kpi_conventions", "gross_margin", "ltv_window",
                       "cohort_months", "fiscal_year_start", "key_features", "as_of", "as_of_confirmed_at"}
"""Settings that change no feature and no label; `as_of` counts as the day that is in force."""
SHOWN_ALONE = {"risk_limit"}
"""What of the churn settings changes what is shown, and not the model."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="constants")


class KeptLeak(_Record):
    feature: str
    kind: Kind
    share: float
    is_used: bool


class KeptTest(_Record):
    """An `Evaluation` without the rows it was tested on."""

    is_dated: bool
    left: int
    trained_left: int
    tested_left: int
    trained_rows: int
    tested_rows: int
    base_rate: float
    trained: tuple[dt.date, dt.date] | None
    tested: tuple[dt.date, dt.date] | None
    scores: tuple[Score, ...]
    calibration: tuple[CalibrationBand, ...]
    top: Top | None
    curves: tuple[Curve, ...]
    months: tuple[ClosingUse, ...]


class ChurnModel(_Record):
    """What one training gave.

    data : the fingerprint of what it learned from; until : the last day that those data spoke of
    features : ids of those looked at
    model : None where too few left
    losses : log loss of each candidate (kind, strength) on later months
    """

    record_kind: ClassVar[str] = "ChurnModel"

    data: str
    until: dt.date | None
    trained_on: dt.date
    settings: ChurnSettings
    features: tuple[str, ...]
    leaks: tuple[KeptLeak, ...]
    test: KeptTest
    model: Scorecard | None
    slope: float = 1.0


def data_fingerprint(book: Book) -> str:
    """Changes when and only when something changes that a model learns from."""
    chosen = book.settings.model_dump_json(exclude=LEARNS_NOTHING_FROM)
    return hashlib.sha256(f"{book.content}{chosen}{book.as_of}{book.months or ''}".encode()).hexdigest()


def kept(book: Book, found: Outlook, today: dt.date) -> ChurnModel:
    """An outlook as a record."""
    test = KeptTest(**{name: getattr(found.evaluation, name) for name in KeptTest.model_fields})
    leaks = tuple(KeptLeak(feature=one.feature.id, kind=one.kind, share=one.share, is_used=one.is_used)
                  for one in found.leaks)
    return ChurnModel(data=data_fingerprint(book), until=book.as_of, trained_on=today, settings=found.settings,
                      features=tuple(found.features), leaks=leaks, test=test,
                      model=found.trained.model if found.trained else None,
                      slope=found.trained.slope if found.trained else 1.0)


def restored(book: Book, record: ChurnModel) -> Outlook:
    """The outlook that a record gives for a book, which may hold newer data; without risks where the book no longer
    has a feature that the model looks at."""
    known = features(book)
    tested = Evaluation(**{name: getattr(record.test, name) for name in KeptTest.model_fields})
    leaks = tuple(Leak(known[one.feature], one.kind, one.share, one.is_used) for one in record.leaks
                  if one.feature in known)
    looked_at = {id: known[id] for id in record.features if id in known}
    judged = verdict(tested, list(leaks), record.settings)
    model, risks = record.model, None
    if model is not None and not _lost(record, known):
        risks = risks_now(book, book.once(History), looked_at, model)
    return Outlook(record.settings, looked_at, tested, leaks, judged,
                   Learned(model, slope=record.slope) if model else None, risks)


def _lost(record: ChurnModel, known: dict[str, Feature]) -> list[str]:
    """The features of the model that a book does not have."""
    return [part.feature for part in record.model.parts if part.feature not in known] if record.model else []


def why_older(book: Book, record: ChurnModel) -> Message | None:
    """Why the model should be trained again; None where nothing has changed since."""
    if _lost(record, features(book)):
        return _("The data no longer have everything that the model looks at, so no risks can be told. Train it again.")
    if record.data != data_fingerprint(book):
        if record.until and book.as_of and record.until != book.as_of:
            return _("Trained on data until {until}; the data now reach to {day}. The risks are told from the new data "
                     "by the old model. Train it again.", until=record.until, day=book.as_of)
        return _("The data or the settings by which they are read have changed since the model was trained on {day}. "
                 "Train it again.", day=record.trained_on)
    if _decisive(record.settings) != _decisive(at_hand(book, book.settings.churn)):
        return _("The settings of the model have changed since it was trained on {day}. Train it again.",
                 day=record.trained_on)
    return None


def _decisive(settings: ChurnSettings) -> dict[str, object]:
    return settings.model_dump(exclude=SHOWN_ALONE)


