"""The sections of the health page on the customers: scores by band, health beside MRR, and everybody by name."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.health import health_and_mrr, score_bands
from cs_kpi.health.words import banded, score_text
from cs_kpi.health_rules import BANDS, Band, HealthConfiguration
from cs_kpi.standing.listing import CAPPED_LABELS, capped, everybody, labels, scored
from cs_kpi.standing.standing import BandCount, Standing, standing
from pages._ui.cache import cached
from pages._ui.figures import show
from pages._ui.frames import words_table
from pages._ui.health_life import one_customer
from pages._ui.people import people
from pages._ui.picks import pick
from pages._ui.view import View
from pages._ui.words import _, number, say
from pages._ui.work import language, preferences

ALL = "all"


def today_section(book: Book, view: View, chosen: HealthConfiguration) -> None:
    """The bands with their MRR, the distribution, and health beside MRR with the customers of a cell by name."""
    found = cached(standing, book, chosen, view.period, view.segment)
    band_cards(book, found)
    show(score_bands(found, chosen, view.period, language(), view.segment))
    if found.mrr is not None:
        show(health_and_mrr(found, view.period, language(), view.segment, preferences().hides_names))
        _cells(book, found)
    held_back = capped(found, language())
    if len(held_back):
        st.subheader(say(_("Kept from a better band: {n}", n=len(held_back))), anchor=False)
        people(book, held_back, "health_capped", CAPPED_LABELS)


def band_cards(book: Book, found: Standing) -> None:
    """Customers and MRR of every band, and the mean."""
    with st.container(horizontal=True, key="health-bands"):
        for one in reversed(found.counts[:len(BANDS)]):
            _card(book, found, one)
        if found.counts[-1].customers:
            _card(book, found, found.counts[-1])
        st.metric(say(_("Mean score")), score_text(found.scores.mean), width=150)


def _card(book: Book, found: Standing, one: BandCount) -> None:
    share = number(one.customers / len(found), "share") if len(found) else ""
    said = share if one.mrr is None else f"{share} · {number(one.mrr, 'money', book.currency)}"
    label = banded(BANDS.index(one.band) if one.band else -1)
    st.metric(say(label), number(one.customers, "count"), said, delta_color="off", delta_arrow="off", width=210)


def _cells(book: Book, found: Standing) -> None:
    """Band by MRR tier as a table of counts; a picked cell lists its customers."""
    st.subheader(say(_("Health by size of customer")), anchor=False)
    with st.container(horizontal=True):
        bands = {band: say(banded(code)) for code, band in enumerate(BANDS)}
        band = pick("health-cell-band", _("Band"), bands, "red")
        tiers = {str(tier): _tier(book, found, tier) for tier in range(len(found.tier_limits), -1, -1)}
        tier = pick("health-cell-tier", _("MRR of the customer"), {ALL: say(_("All sizes"))} | tiers, ALL)
    words_table(_counted(book, found, bands, tiers), "health_by_size", "health-by-size")
    frame = scored(found, language(), found.cell(BANDS.index(band), None if tier == ALL else int(tier)))
    people(book, frame, "health_cell", {name: label for name, label in labels(found, frame).items()
                                        if not name.startswith("points:")}, ["coverage"])


def _tier(book: Book, found: Standing, tier: int) -> str:
    limits = [number(limit, "money", book.currency) for limit in found.tier_limits]
    if not limits:
        return say(_("All sizes"))
    if tier == len(limits):
        return say(_("above {mrr}", mrr=limits[-1]))
    return say(_("up to {mrr}", mrr=limits[0]) if not tier else _("{low} to {high}", low=limits[tier - 1],
                                                                   high=limits[tier]))


def _counted(book: Book, found: Standing, bands: dict[Band, str], tiers: dict[str, str]) -> dict[str, list[str]]:
    """Customers and their MRR in every cell, as text."""
    columns: dict[str, list[str]] = {say(_("Band")): list(reversed(bands.values()))}
    for tier, head in tiers.items():
        columns[head] = [_cell(book, found, code, int(tier)) for code in reversed(range(len(BANDS)))]
    return columns


def _cell(book: Book, found: Standing, code: int, tier: int) -> str:
    inside = found.cell(code, tier)
    assert found.mrr is not None
    return f"{number(len(inside), 'count')} ({number(float(found.mrr[inside].sum()), 'money', book.currency)})"


def customers_section(book: Book, view: View, chosen: HealthConfiguration) -> None:
    """Everybody by name: score, band, why, the points of each part, coverage, renewal, owner and MRR."""
    found = cached(standing, book, chosen, view.period, view.segment)
    st.caption(say(_("The lowest score first. The points of the parts sum to the score; coverage is the share of the "
                     "weight of which something is known.")))
    frame = cached(everybody, book, chosen, view.period, view.segment, language())
    people(book, frame, "health", labels(found, frame), ["coverage"])
    one_customer(book, found, chosen)
