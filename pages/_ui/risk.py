"""The churn risk as the pages have it: trained once on the risk page, kept with the saved work, told anew for the data
of the day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.churn.kept import ChurnModel, restored, why_older
from cs_kpi.churn.listing import SHOWN_DIGITS, ranking, risk_of
from cs_kpi.churn.reasons import risk_limit
from cs_kpi.churn.risk import Outlook
from cs_kpi.locale import Language, Message
from pages._ui.cache import cached
from pages._ui.words import _, say
from pages._ui.work import language, workspace

RISK_PAGE = "pages/risk.py"
KEPT = "churn"


def outlook_of(book: Book) -> Outlook | None:
    """What the trained model says of today's customers; None before it is trained. Never trains by itself.

    `.verdict` says whether it may be believed; `.risks` is None where too few left.
    """
    body = _body()
    return cached(_restored, book, body) if body else None


def older_than_data(book: Book) -> Message | None:
    """Why the model should be trained again; None where it is up to date, or where there is none."""
    body = _body()
    return cached(_why_older, book, body) if body else None


def believed_risks(book: Book) -> Any:
    """The risk of each customer by its id, for other lists; None where there is none to be believed."""
    found = outlook_of(book)
    return risk_of(found.risks) if found and found.risks and found.verdict.is_fed else None


def with_risk(book: Book, frame: Any, labels: Mapping[str, Message]) -> tuple[Any, dict[str, Message], list[str]]:
    """A list of customers with their risk as its last column but owner and MRR, where there is one to be believed.

    returns : the frame, its labels, and the columns that are shares
    """
    risks = believed_risks(book)
    if risks is None:
        return frame, dict(labels), []
    return (frame.assign(risk=frame["customer_id"].map(risks).round(SHOWN_DIGITS)),
            {**labels, "risk": _("Churn risk")}, ["risk"])


def listed(book: Book) -> Any:
    """Today's customers with their risks, reasons and ways out, the highest risk first."""
    return cached(_listed, book, _body(), book.settings.churn.risk_limit, language())


def to_risk_page() -> None:
    """The way to the page where a model is trained."""
    st.page_link(RISK_PAGE, label=say(_("Train a churn model")), icon=":material/arrow_forward:")


def _body() -> str:
    """The kept model as it is saved; empty where there is none."""
    record = workspace().load(ChurnModel, KEPT)
    return record.model_dump_json(round_trip=True) if record else ""


def _restored(book: Book, body: str) -> Outlook:
    return restored(book, ChurnModel.model_validate_json(body))


def _why_older(book: Book, body: str) -> Message | None:
    return why_older(book, ChurnModel.model_validate_json(body))


def _listed(book: Book, body: str, chosen: float | None, shown_in: Language) -> Any:
    found = cached(_restored, book, body)
    assert found.risks is not None
    return ranking(found.risks, risk_limit(found.risks, chosen), shown_in)
