"""The head of the risk page: in words, and before any number, whether the model can be believed."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.churn.evaluation import counted
from cs_kpi.churn.honesty import headline, verdict
from cs_kpi.churn.risk import Outlook
from cs_kpi.churn.tested import Evaluation
from cs_kpi.errors import DataError
from cs_kpi.health_rules import CHURN_RISK
from pages._ui.cache import cached
from pages._ui.guards import told
from pages._ui.health import put_in_force
from pages._ui.held import held
from pages._ui.words import _, plain, say
from pages._ui.work import settings

INSIST = "insist-on-risk"


def verdict_box(book: Book, found: Outlook) -> None:
    """The verdict, why, what the test says as a team lead says it, and what was left out."""
    judged, tested = found.verdict, found.evaluation
    said = [f"**{plain(judged.words)}**", *map(plain, judged.against)]
    if judged.is_good:
        said += [plain(headline(tested.top, found.settings))] if tested.top else []
        st.success("\n\n".join(said), icon=":material/verified:")
    else:
        st.warning("\n\n".join(said), icon=":material/block:")
    for note in judged.notes:
        st.caption(plain(note))
    if found.risks and not judged.is_fed:
        _insisting(book)


def is_enough(book: Book) -> bool:
    """Whether a first training makes sense; says so, or, without one, that too few left."""
    try:
        known = cached(_counted, book)
    except DataError as error:  # the label may ask for what the data do not have; the settings below can change it
        st.warning(plain(error.message), icon=":material/block:")
        return False
    if known.is_enough:
        st.info(say(_("No model has been trained yet. There is enough to learn from: {n} customers left. Training "
                      "takes a few seconds, on large data about a minute.", n=known.left)),
                icon=":material/model_training:")
        return True
    judged = verdict(known, [], book.settings.churn)
    st.warning("\n\n".join([f"**{plain(judged.words)}**", *map(plain, judged.against)]), icon=":material/block:")
    return False


def _counted(book: Book) -> Evaluation:
    return counted(book, book.settings.churn)


def _insisting(book: Book) -> None:
    """The switch for who wants the risk in the health score although its test found nothing."""
    health = settings().health
    if health is None or CHURN_RISK not in health.features:
        st.caption(say(_("The health score does not use this risk.")))
        return
    st.toggle(say(_("Let the risk count in the health score nevertheless")), key=held(INSIST, health.insists_on_risk),
              on_change=_insist, args=(book,))
    if health.insists_on_risk:
        st.warning(say(_("The health score '{name}' counts a risk that its own test does not support. Customers may be "
                         "called unhealthy by chance.", name=plain(health.name))), icon=":material/warning:")


@told
def _insist(book: Book) -> None:
    """Another way of scoring, so another version of the score."""
    health = settings().health
    if health is not None:
        put_in_force(book, health.model_copy(update={"insists_on_risk": st.session_state[INSIST]}))
