"""The KPI card, written once: value, change with arrow and word, sparkline, status, and the way to its passport."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.kpi.cards import VERDICT_LABELS, Card, Verdict, cards
from cs_kpi.kpi.conventions import CONVENTIONS
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.readings import Reading, Segment
from cs_kpi.kpi.registry import DEFAULT_CONVENTION, GROUP_LABELS, Group
from cs_kpi.locale import shown
from cs_kpi.locale.formats import change_text
from cs_kpi.periods import KIND_LABELS, Period
from pages._ui.cache import cached
from pages._ui.passport import open_passport
from pages._ui.words import _, number, plain, say, say_other
from pages._ui.work import language, preferences

COLOURS: dict[Verdict, str] = {"better": "blue", "worse": "orange", "same": "gray", "noise": "gray"}
"""Never green and red: those are kept for health and targets (ux)."""
CARD_WIDTH = 262
"""Three in a row beside the menu at 1280 pixels, five at 1920, one on a phone."""


def kpi_cards(book: Book, period: Period, segment: Segment | None, with_intervals: bool) -> None:
    """A card for every KPI, in the groups of the registry."""
    found = cached(cards, book, period, segment=segment)
    dated = [card for card in found if book.is_snapshot and card.reading.status == "not_available"]
    for group, label in GROUP_LABELS.items():
        members = [card for card in found if card.kpi.group == group and card not in dated]
        if not members:
            continue
        st.subheader(say(label), anchor=False)
        with st.container(horizontal=True):
            for card in members:
                kpi_card(book, card, segment, with_intervals)
    if dated:
        _not_told(dated)


def group_cards(book: Book, group: Group, period: Period, segment: Segment | None) -> None:
    """The cards of one group, for the page that tells more of it."""
    with st.container(horizontal=True):
        for card in cached(cards, book, period, [name for name, kpi in KPIS.items() if kpi.group == group],
                           segment=segment):
            kpi_card(book, card, segment, with_intervals=True)


def _not_told(found: list[Card]) -> None:
    """The KPIs that a list without dates does not tell, under the reason why."""
    with st.expander(say(_("KPIs that a list without dates does not tell: {n}", n=len(found)))):
        for reason in dict.fromkeys(say(card.reading.reason or "") for card in found):
            names = [card.kpi.label for card in found if say(card.reading.reason or "") == reason]
            st.markdown(f"**{shown(names, language())}** — {plain(reason)}")


def kpi_card(book: Book, card: Card, segment: Segment | None, with_intervals: bool) -> None:
    """One card; its button opens the passport."""
    with st.container(border=True, width=CARD_WIDTH, height="stretch", key=f"card-{card.kpi.id}"):
        st.markdown(_title(card))
        st.metric(say(card.kpi.label), number(card.reading.value, card.kpi.unit, book.currency), _delta(book, card),
                  delta_color=COLOURS[card.verdict] if card.verdict else "off",  # type: ignore[arg-type]
                  delta_arrow=_arrow(card),  # type: ignore[arg-type]
                  chart_data=_sparkline(book, card), chart_type="line",
                  label_visibility="collapsed")  # type: ignore[arg-type]
        for line in _captions(book, card, with_intervals):
            st.caption(line)
        if st.button(say(_("Details")), key=f"open-{card.kpi.id}", type="tertiary", icon=":material/fact_check:"):
            open_passport(book, card.kpi.id, card.reading.period, segment)


def _title(card: Card) -> str:
    """The name, and the term of the other language small beside it where that says something new."""
    name, other = say(card.kpi.label), say_other(card.kpi.label)
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


def _sparkline(book: Book, card: Card) -> list[float] | None:
    """The values since the first customer."""
    since = [reading for reading in card.trend if book.first_day and reading.period.end >= book.first_day]
    known = [reading.value for reading in since if reading.value is not None]
    return known if len(known) > 1 else None


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
    if reading.status == "small_sample":
        lines.append(say(_("Small sample (n = {n})", n=reading.n)))
    elif reading.reason is not None:
        lines.append(plain(reading.reason))
    if reading.status != "not_available" and card.kpi.remark and (remark := card.kpi.remark(book)):
        lines.append(plain(remark))
    return lines


def interval_words(reading: Reading, card: Card, book: Book) -> str:
    low, high = (number(value, card.kpi.unit, book.currency) for value in (reading.low, reading.high))
    if reading.high is None:
        return say(_("95% interval from {low}", low=low))
    return say(_("95% interval {low} to {high}", low=low, high=high))
