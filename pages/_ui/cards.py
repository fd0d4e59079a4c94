"""The KPI card, written once: value, change with arrow and word, sparkline, status, and the way to its passport."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.sparkline import sparkline
from cs_kpi.kpi.cards import VERDICT_LABELS, Card, Verdict, cards, lacking
from cs_kpi.kpi.conventions import CONVENTIONS
from cs_kpi.kpi.estimates import SMALL_SAMPLE
from cs_kpi.kpi.presets import OwnSet, Preset, kpis_of, label_of
from cs_kpi.kpi.readings import Reading, Segment
from cs_kpi.kpi.registry import DEFAULT_CONVENTION, GROUP_LABELS, KPIS, Group
from cs_kpi.locale import Message, shown
from cs_kpi.locale.formats import change_text
from cs_kpi.periods import KIND_LABELS, Period
from pages._ui.cache import cached
from pages._ui.conventions import AGAIN
from pages._ui.goals_card import target_line
from pages._ui.guards import DATA_PAGE
from pages._ui.passport import open_passport
from pages._ui.words import _, number, plain, say, say_other
from pages._ui.work import language, preferences

COLOURS: dict[Verdict, str] = {"better": "blue", "worse": "orange", "same": "gray", "noise": "gray", "unknown": "gray"}
"""Never green and red: those are kept for health and targets (ux)."""
CARD_WIDTH = 262
"""Three in a row beside the menu at 1280 pixels, five at 1920, one on a phone."""


def kpi_cards(book: Book, period: Period, segment: Segment | None, with_intervals: bool, chosen: Preset | OwnSet
              ) -> None:
    """A card for every KPI of a set that the data can tell: of all in the groups of the registry, else in its order."""
    told, lacks = _told(book, kpis_of(chosen))
    found = cached(cards, book, period, kpis=told, segment=segment)
    if chosen.kpis is None:
        for group, label in GROUP_LABELS.items():
            if members := [card for card in found if card.kpi.group == group]:
                st.subheader(say(label), anchor=False)
                _row(book, members, segment, with_intervals, chosen)
    elif found:
        _row(book, found, segment, with_intervals, chosen)
    if lacks:
        _not_told(book, lacks, is_open=not found)
    _open_again(book, found, segment)


def group_cards(book: Book, group: Group, period: Period, segment: Segment | None) -> None:
    """The cards of one group, for the page that tells more of it."""
    found = cached(cards, book, period, [name for name, kpi in KPIS.items() if kpi.group == group], segment=segment)
    with st.container(horizontal=True):
        for card in found:
            kpi_card(book, card, segment, with_intervals=True)
    _open_again(book, found, segment)


def _told(book: Book, kpis: list[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """The KPIs that the data can tell, and the others with what they lack, which are not computed."""
    lacks = {name: say(reason) for name, reason in cached(lacking, book, tuple(kpis)).items()}
    return tuple(name for name in kpis if name not in lacks), lacks


def _row(book: Book, found: list[Card], segment: Segment | None, with_intervals: bool, chosen: Preset | OwnSet) -> None:
    with st.container(horizontal=True):
        for card in found:
            kpi_card(book, card, segment, with_intervals, label_of(chosen, card.kpi.id))


def _open_again(book: Book, found: list[Card], segment: Segment | None) -> None:
    """The passport in which the convention was just changed, with the new one."""
    for card in found:
        if card.kpi.id == st.session_state.get(AGAIN):
            open_passport(book, card.kpi.id, card.reading.period, segment)


def _not_told(book: Book, lacks: dict[str, str], is_open: bool) -> None:
    """The KPIs that the data does not tell, under the sentence that says which data would bring them."""
    title = (_("KPIs that a list without dates does not tell: {n}", n=len(lacks)) if book.is_snapshot else
             _("KPIs that need more data: {n}", n=len(lacks)))
    with st.expander(say(title), expanded=is_open):
        for reason in dict.fromkeys(lacks.values()):
            names = [KPIS[name].label for name, why in lacks.items() if why == reason]
            st.markdown(f"**{shown(names, language())}** — {plain(reason)}")
        st.page_link(DATA_PAGE, label=say(_("Go to the data page")), icon=":material/arrow_forward:")


def kpi_card(book: Book, card: Card, segment: Segment | None, with_intervals: bool, name: Message | str = ""
             ) -> None:
    """One card, under its own name or the one that the KPI has in a set; its button opens the passport."""
    name = name or card.kpi.label
    with st.container(border=True, width=CARD_WIDTH, height="stretch", key=f"card-{card.kpi.id}",
                      vertical_alignment="distribute"):
        with st.container():
            st.markdown(_title(card, name))
            st.metric(say(name), number(card.reading.value, card.kpi.unit, book.currency), _delta(book, card),
                      delta_color=COLOURS[card.verdict] if card.verdict else "off",  # type: ignore[arg-type]
                      delta_arrow=_arrow(card),  # type: ignore[arg-type]
                      label_visibility="collapsed")
            if values := _last_values(book, card):
                st.html(sparkline(values, say(_("{kpi}, the last {n} periods", kpi=name, n=len(values)))))
            if lines := [*_captions(book, card, with_intervals), *_target(book, card, segment)]:
                st.caption("\n\n".join(lines))
        if st.button(say(_("Details")), key=f"open-{card.kpi.id}", type="tertiary", icon=":material/fact_check:"):
            open_passport(book, card.kpi.id, card.reading.period, segment)


def _title(card: Card, called: Message | str) -> str:
    """The name, and the term of the other language small beside it where that says something new; of a name of the
    team's own, what it stands for."""
    own = not isinstance(called, Message)
    name, other = plain(called), say(card.kpi.label) if own else say_other(card.kpi.label)
    if card.kpi.headline == card.reading.period.kind:
        name = f"{name} · {say(KIND_LABELS[card.reading.period.kind])}"
    return name if other in name or name in other else f"{name} :small[:gray[{other}]]"


def _delta(book: Book, card: Card) -> str | None:
    if card.verdict is None or card.previous is None:
        return None
    now, before = card.reading.value, card.previous.value
    assert now is not None
    assert before is not None
    change = change_text(now, before, card.kpi.unit, language(), currency=book.currency,
                         money_unit=preferences().money_unit)
    return f"{change} {say(VERDICT_LABELS[card.verdict])}"


def _arrow(card: Card) -> str:
    if card.verdict in (None, "same") or card.previous is None:
        return "off"
    return "up" if (card.reading.value or 0) > (card.previous.value or 0) else "down"


def _last_values(book: Book, card: Card) -> list[float | None] | None:
    """The values since the first customer; None where two are not known."""
    since = [reading for reading in card.trend if book.first_day and reading.period.end >= book.first_day]
    values = [reading.value for reading in since]
    return values if sum(value is not None for value in values) > 1 else None


def _captions(book: Book, card: Card, with_intervals: bool) -> list[str]:
    """The period where it is not the picked one, the interval when asked for, and the status in words."""
    reading, lines = card.reading, []
    if card.kpi.headline and reading.period.kind == card.kpi.headline:
        lines.append(say(reading.period.label(language())))
    if card.kpi.convention != DEFAULT_CONVENTION:
        lines.append(say(_("Convention: {name}", name=CONVENTIONS[card.kpi.convention])))
    if reading.value is None and reading.low is not None:
        lines.append(plain(_("At least {amount}", amount=number(reading.low, card.kpi.unit, book.currency))))
    elif with_intervals and reading.low is not None:
        lines.append(say(interval_words(reading, card, book)))
    if reading.status == "small_sample" and reading.n < SMALL_SAMPLE:
        lines.append(say(_("Small sample (n = {n})", n=reading.n)))
    elif reading.reason is not None:
        lines.append(plain(reading.reason))
    if reading.status != "not_available" and card.kpi.remark and (remark := card.kpi.remark(book)):
        lines.append(plain(remark))
    return lines


def _target(book: Book, card: Card, segment: Segment | None) -> list[str]:
    """The target of this KPI, period and segment, and how it stands; where there is one."""
    line = target_line(book, card.kpi.id, card.kpi.convention, segment, card.reading.period)
    return [plain(line)] if line else []


def interval_words(reading: Reading, card: Card, book: Book) -> str:
    low, high = (number(value, card.kpi.unit, book.currency) for value in (reading.low, reading.high))
    if reading.high is None:
        return say(_("95% interval from {low}", low=low))
    return say(_("95% interval {low} to {high}", low=low, high=high))
