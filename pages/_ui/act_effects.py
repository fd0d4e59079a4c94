"""Did it work? What followed contacts and playbooks, beside customers like those who had them."""

from __future__ import annotations

import streamlit as st

from cs_kpi.actions.effects import (
    QUIET_MONTHS,
    Effect,
    Landmarks,
    contact_kinds,
    landmarks,
    of_contacts,
    of_starts,
    of_steps,
)
from cs_kpi.actions.listing import balance_words, difference, effects_table, verdict
from cs_kpi.actions.matching import NEIGHBOURS
from cs_kpi.book import Book
from cs_kpi.charts.effects import effects_chart
from pages._ui.act import actions, playbooks, runs
from pages._ui.cache import cached
from pages._ui.figures import show
from pages._ui.frames import table
from pages._ui.guards import lacks_data, takes_dates
from pages._ui.picks import pick
from pages._ui.words import _, counts_seconds, plain, say
from pages._ui.work import language

MOST_KINDS = 8
HORIZONS = (3, 6, 12)


def effects_section(book: Book) -> None:
    """A table of every treatment, and one of them in words."""
    if book.is_snapshot:
        takes_dates()
        return
    if not book.has("subscriptions.start_date"):
        lacks_data("subscriptions", ("start_date", "end_date", "mrr"))
        return
    st.markdown(say(_("Customers who had a contact or a playbook in a month are held beside untreated ones of the same "
                      "month with like churn risk and MRR. **This is no proof of a cause**: who is called is chosen by "
                      "people, for reasons that no table holds.")))
    horizon = int(pick("effect-horizon", _("Left within"), {
        str(one): say(_("{n} months", n=one)) for one in HORIZONS}, as_buttons=True))
    with st.spinner(say(_("Comparing customers …")), show_time=counts_seconds()):
        found = _every(book, horizon)
    if not found:
        st.info(say(_("Nothing to look at yet: load a table of contacts with their kind, or start playbooks. What "
                      "follows is told once {n} months have passed.", n=horizon)), icon=":material/hourglass_empty:")
        return
    if figure := effects_chart(found, horizon, language()):
        show(figure)
    frame = effects_table(found, language())
    columns = {frame.columns[0]: st.column_config.TextColumn(width="medium"),
               frame.columns[2]: st.column_config.TextColumn(width="large")}
    table(frame, "did-it-work", "effects", columns, wraps=True)
    _one(found, horizon)
    _how()


def _every(book: Book, horizon: int) -> list[Effect]:
    """Of the most frequent kinds of contacts, and of every playbook that was ever started."""
    kinds = cached(contact_kinds, book)[:MOST_KINDS]
    started = {run.playbook: run.name for run in runs().values() if run.state != "dismissed"}
    now = {key: one.name for key, one in playbooks().items()}  # of one that was deleted what its runs were called
    known = {key: now.get(key, name) for key, name in started.items()}
    if not kinds and not known:
        return []
    rows = cached(landmarks, book, horizon)
    return [cached(_of_kind, book, horizon, kind) for kind in kinds] + [
        one for key, name in known.items() for one in _of_playbook(rows, key, name)]


def _of_kind(book: Book, horizon: int, kind: str) -> Effect:
    return of_contacts(cached(landmarks, book, horizon), kind)


def _of_playbook(rows: Landmarks, key: str, name: str) -> list[Effect]:
    mine = {run_key: one for run_key, one in runs().items() if one.playbook == key}
    done = [one for one in actions().values() if one.run in mine and one.status == "done"]
    return [of_starts(rows, say(_("{playbook}: started", playbook=name)), mine.values()),
            of_steps(rows, say(_("{playbook}: step done", playbook=name)), done)]


def _one(found: list[Effect], horizon: int) -> None:
    told = {str(place): one.name for place, one in enumerate(found) if one.found is not None and one.found.is_told}
    if not told:
        return
    one = found[int(pick("effect-one", _("In words"), told))]
    assert one.found is not None
    it = one.found
    st.markdown(plain(_("{name}: {n} times ({customers} customers) it began after {quiet} months without. {rate}% "
                        "left within {months} months; of customers like them, {expected}% did. Difference "
                        "{difference}. {verdict}", name=one.name, n=it.treated, customers=it.customers,
                        quiet=QUIET_MONTHS, rate=f"{it.rate * 100:.1f}", expected=f"{it.expected * 100:.1f}",
                        months=horizon,
                        difference=difference(it), verdict=verdict(one))))
    st.caption(plain(balance_words(it)))


def _how() -> None:
    with st.expander(say(_("How it is computed")), icon=":material/function:"):
        st.markdown(say(_(
            "- Counted is the first contact or start after {quiet} quiet months. Both groups are still customers at "
            "the end of that month.\n- Each is compared with its {near} nearest untreated customers of the same month, "
            "by churn risk and by MRR. The risk is foreseen from what was known at the month's opening, by a model of "
            "untreated customers that did not see this one.\n- What distance is left is taken off by a regression. The "
            "95 % interval takes all months of a customer together.", quiet=QUIET_MONTHS, near=NEIGHBOURS)))
