"""For what and for whom a deck is: period, segment, customer, title, language, names, template."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.deck.items import ITEMS
from cs_kpi.deck.presets import PRESETS
from cs_kpi.deck.records import TITLE_LENGTH, Deck
from cs_kpi.export.template_check import MOST_MEGABYTES
from cs_kpi.kpi.readings import Segment, segment_name
from cs_kpi.kpi.runs import offered
from cs_kpi.measures.segments import segment_fields, segment_values
from cs_kpi.periods import KIND_LABELS, PERIOD_KINDS, PeriodKind
from pages._ui.cache import cached
from pages._ui.dropzone import dropzone
from pages._ui.guards import told
from pages._ui.held import held
from pages._ui.people import shown_names
from pages._ui.slides import drop_template, keep_template, save, template
from pages._ui.view import NOT_SET
from pages._ui.words import _, plain, say
from pages._ui.work import language

LAST = ""
WIDTH = 230


def form(book: Book, chosen: Deck) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if not book.is_snapshot:
            _choose(chosen, "kind", _("Period kind"), {kind: say(KIND_LABELS[kind]) for kind in PERIOD_KINDS},
                    chosen.kind, 150)
            kind: PeriodKind = next((one for one in PERIOD_KINDS if one == chosen.kind), "month")
            periods = {LAST: say(_("The last complete one"))} | {
                one.id: one.label(language()) for one in reversed(offered(book, kind))}
            _choose(chosen, "period", _("Period"), periods, chosen.period or LAST)
        fields = {one.id: one for one in cached(segment_fields, book)}
        _choose(chosen, "by", _("Cut by"), {LAST: say(_("Everything"))} | {
            name: say(one.label) for name, one in fields.items()}, chosen.by or LAST, 180)
        if chosen.by in fields:
            values = cached(segment_values, book, fields[chosen.by])
            names = {LAST: say(_("All segments"))} | {
                NOT_SET if one is None else one: say(segment_name(Segment(chosen.by, one))) for one in values}
            _choose(chosen, "segment", _("Segment"), names,
                    NOT_SET if chosen.is_unset else chosen.segment or LAST, 180)
        if PRESETS[chosen.preset].is_about_customer or any(ITEMS[one].needs_customer for one in chosen.items):
            _choose(chosen, "customer", _("Customer"), {LAST: say(_("Choose a customer"))} | shown_names(book),
                    chosen.customer or LAST)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        key = held(f"deck-title-{chosen.preset}", chosen.title)
        st.text_input(say(_("Title")), key=key, max_chars=TITLE_LENGTH, on_change=_set, args=(chosen, "title", key),
                      placeholder=say(PRESETS[chosen.preset].label), width=360)
        _choose(chosen, "language", _("Language of the slides"), {LAST: say(_("As shown here")), "ja": "日本語",
                                                                  "en": "English"}, chosen.language or LAST, 180)
        key = held(f"deck-hides-{chosen.preset}", chosen.hides_names)
        st.toggle(say(_("Hide customer names")), key=key, on_change=_set, args=(chosen, "hides_names", key))


def _choose(chosen: Deck, field: str, label: object, options: dict[str, str], value: str, width: int = WIDTH) -> None:
    key = held(f"deck-{field}-{chosen.preset}-{language()}", value if value in options else next(iter(options)))
    st.selectbox(say(label), list(options), key=key, format_func=options.__getitem__, width=width,  # type: ignore[arg-type]
                 on_change=_set, args=(chosen, field, key))


@told
def _set(chosen: Deck, field: str, key: str) -> None:
    value = st.session_state[key]
    changes: dict[str, object] = {field: value if field in ("title", "hides_names", "kind") else value or None}
    if field == "kind":
        changes["period"] = None
    if field == "by":
        changes |= {"segment": None, "is_unset": False}
    if field == "segment":
        changes = {"segment": None if value in (LAST, NOT_SET) else value, "is_unset": value == NOT_SET}
    save(Deck.model_validate({**chosen.model_dump(), **changes}))


def template_form(chosen: Deck) -> None:
    """The company's template: given, used or not, and taken away."""
    kept = template()
    with st.popover(say(_("Company template")), icon=":material/style:"):
        st.caption(say(_("A .pptx or .potx of your company: its layouts, fonts and colours are used. Slides in it are "
                         "left out. It stays on this machine, with the saved work.")))
        given = dropzone(say(_("Template")), ["pptx", "potx"], "deck-template", most_mb=MOST_MEGABYTES)
        if given is not None:
            st.button(say(_("Take this template")), key="deck-template-take", type="primary", on_click=_take,
                      args=(chosen, given.name, given.getvalue()))
        if kept:
            st.markdown(plain(_("Kept: {file}", file=kept.name)))
            key = held(f"deck-templated-{chosen.preset}", chosen.template is not None)
            st.toggle(say(_("Make this deck in the template")), key=key, on_change=_use, args=(chosen, key))
            st.button(say(_("Remove the template")), key="deck-template-drop", icon=":material/delete:",
                      on_click=drop_template)


@told
def _take(chosen: Deck, name: str, data: bytes) -> None:
    keep_template(name, data)
    save(chosen.model_copy(update={"template": "company"}))


@told
def _use(chosen: Deck, key: str) -> None:
    save(chosen.model_copy(update={"template": "company" if st.session_state[key] else None}))
