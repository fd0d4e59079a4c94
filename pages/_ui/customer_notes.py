"""Notes and pulses on a customer's page: written here, signed, kept with the saved work, removed with an undo."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.customer.records import NOTE_LENGTH, Note
from cs_kpi.errors import DataError
from cs_kpi.pulse_notes import HIGHEST, LOWEST, PulseNote
from pages._ui.act import new_key
from pages._ui.guards import SETTINGS_PAGE, told
from pages._ui.words import _, plain, say
from pages._ui.work import language, preferences, workspace

REMOVED = "customer-removed"
MODELS: dict[str, type[Note] | type[PulseNote]] = {"note": Note, "pulse": PulseNote}
PULSE_WORDS = {LOWEST: _("1 about to leave"), HIGHEST: _("5 content")}


def notes_of(id: str) -> dict[str, Note]:
    """The notes about a customer by their keys."""
    return {key: one for key, one in workspace().all(Note).items() if one.customer_id == id}


def pulses_of(id: str) -> dict[str, PulseNote]:
    return {key: one for key, one in workspace().all(PulseNote).items() if one.customer_id == id}


def note_form(id: str) -> None:
    with st.popover(say(_("Write a note")), icon=":material/edit_note:", key="note-form"):
        key = f"note-{id}"
        st.text_area(say(_("Note on the customer")), key=key, max_chars=NOTE_LENGTH, height=140)
        st.button(say(_("Keep the note")), key="note-save", type="primary", on_click=_keep_note, args=(id, key))
        _signature()


def pulse_form(book: Book, id: str) -> None:
    """How the customer feels today; a day after the end of the data counts from the next data on."""
    with st.popover(say(_("Enter the pulse")), icon=":material/vital_signs:", key="pulse-form"):
        words = {value: say(PULSE_WORDS.get(value, str(value))) for value in range(LOWEST, HIGHEST + 1)}
        st.segmented_control(say(_("How does this customer feel?")), list(words),
                             key=f"pulse-{id}-{language()}", format_func=words.__getitem__)
        st.date_input(say(_("On")), dt.date.today(), key=f"pulse-day-{id}", max_value=dt.date.today())
        st.text_area(say(_("Why?")), key=f"pulse-note-{id}", max_chars=NOTE_LENGTH, height=80)
        st.button(say(_("Keep the pulse")), key="pulse-save", type="primary", on_click=_keep_pulse, args=(id,))
        if book.as_of and book.as_of < dt.date.today():
            st.caption(say(_("The data ends on {day}. The health score of that day does not see a later pulse; it "
                             "counts from newer data on, or from an earlier day that you set.", day=book.as_of)))
        _signature()


def _signature() -> None:
    name = preferences().display_name
    if name:
        st.caption(plain(_("Signed by {name}.", name=name)))
    else:
        st.caption(say(_("It will not be signed: you have not said your name yet.")))
        st.page_link(SETTINGS_PAGE, label=say(_("Go to the settings")), icon=":material/arrow_forward:")


@told
def _keep_note(id: str, key: str) -> None:
    text = (st.session_state[key] or "").strip()
    if not text:
        raise DataError(_("The note was not kept: it is empty. Write something first."))
    _save(new_key(), Note(customer_id=id, text=text, by=preferences().display_name, at=dt.datetime.now(dt.UTC)))
    st.session_state[key] = ""


@told
def _keep_pulse(id: str) -> None:
    value, day = st.session_state[f"pulse-{id}-{language()}"], st.session_state[f"pulse-day-{id}"]
    if value is None or day is None:
        raise DataError(_("The pulse was not kept: pick a number from 1 to 5, and a day."))
    _save(new_key(), PulseNote(customer_id=id, date=day, value=value, by=preferences().display_name,
                               note=(st.session_state[f"pulse-note-{id}"] or "").strip(),
                               at=dt.datetime.now(dt.UTC)))
    st.session_state[f"pulse-{id}-{language()}"] = None
    st.session_state[f"pulse-note-{id}"] = ""


def _save(key: str, record: Note | PulseNote) -> None:
    workspace().save(record, key, by=preferences().display_name)


def written(id: str) -> None:
    """What was written about the customer here, the latest first; one's own can be removed."""
    notes, pulses = notes_of(id), pulses_of(id)
    if not notes and not pulses:
        st.caption(say(_("Nothing was written here yet.")))
        return
    found: list[tuple[str, str, Note | PulseNote]] = [("note", key, one) for key, one in notes.items()]
    found += [("pulse", key, one) for key, one in pulses.items()]
    for kind, key, one in sorted(found, key=lambda each: each[2].at, reverse=True):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"{_text(one)}  \n:small[{plain(_signed(one))}]", width="stretch")
            if one.by == preferences().display_name:
                st.button(say(_("Remove")), key=f"remove-{kind}-{key}", type="tertiary", on_click=_remove,
                          args=(kind, key))


def _text(one: Note | PulseNote) -> str:
    if isinstance(one, Note):
        return plain(one.text).replace("\n", "  \n")
    said = say(_("Pulse {value} of 5 on {day}", value=one.value, day=one.date))
    return f"**{plain(said)}**" + (f" {plain(one.note)}" if one.note else "")


def _signed(one: Note | PulseNote) -> str:
    at = one.at.astimezone().strftime("%Y/%m/%d %H:%M" if language() == "ja" else "%Y-%m-%d %H:%M")
    return ", ".join(part for part in (one.by, at) if part)


@told
def _remove(kind: str, key: str) -> None:
    one = workspace().load(MODELS[kind], key)
    if one is not None:
        st.session_state[REMOVED] = [kind, key, one.model_dump_json()]
        workspace().remove(MODELS[kind], key)


def what_was_removed() -> None:
    """The way back for what was removed last in this session."""
    if kept := st.session_state.get(REMOVED):
        said = _("A note was removed.") if kept[0] == "note" else _("A pulse was removed.")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(say(said), width="stretch")
            st.button(say(_("Undo")), key="undo-removal", icon=":material/undo:", on_click=_put_back)


@told
def _put_back() -> None:
    kind, key, body = st.session_state.pop(REMOVED)
    _save(key, MODELS[kind].model_validate_json(body))
