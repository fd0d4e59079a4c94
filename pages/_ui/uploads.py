"""Files coming in and going out of the workspace: first start, uploader, samples, template, the list of files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial

import streamlit as st

from cs_kpi.export.template import template
from cs_kpi.locale import LANGUAGES, Language, shown
from cs_kpi.samples import SampleKind, sample
from cs_kpi.settings import Settings
from cs_kpi.tables import TABLES
from cs_kpi.workspace import Workspace
from pages._ui.dropzone import dropzone
from pages._ui.frames import XLSX
from pages._ui.guards import told
from pages._ui.header import NAMES
from pages._ui.loading import LoadedSheet, unreadable, unreadable_files
from pages._ui.progress import REFUSED, begun
from pages._ui.words import _, counts_seconds, plain, say
from pages._ui.work import SETTINGS, language, preferences, settings, workspace

TYPES = ["xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "tsv", "txt"]
MEGABYTE = 1_000_000


def first_start() -> None:
    """Three choices and nothing else: try the sample, give my files, download a template."""
    st.write(say(_("See your own churn rate in two minutes. Nothing leaves this computer.")))
    choices: tuple[tuple[str, Callable[[], None]], ...] = (
        (say(_("Load your files")), uploader), (say(_("Try the sample")), sample_choice),
        (say(_("Start from a template")), template_choice))
    for place, (title, body) in zip(st.columns(len(choices)), choices, strict=True):
        with place, st.container(border=True, height="stretch"):
            st.subheader(title, anchor=False)
            body()


def uploader() -> None:
    """Every file is kept as soon as it is there; one that cannot be read is named, and the others go on."""
    st.caption(say(_("Excel, OpenDocument, CSV or TSV, as they are; several at once.")))
    turn = st.session_state.setdefault("upload-turn", 0)
    given = dropzone(say(_("Files")), TYPES, f"upload-{turn}", accept_multiple_files=True,
                     label_visibility="collapsed")
    if given:
        st.session_state["upload-turn"] = turn + 1
        with st.spinner(say(_("Reading the files …")), show_time=counts_seconds()):
            refused = [message for file in given if (message := _keep(file.name, file.getvalue()))]
        st.session_state[REFUSED] = refused
        st.rerun()


def refused_uploads() -> None:
    """What the last upload could not read; gone with the next one."""
    for message in st.session_state.get(REFUSED, ()):
        st.error(message, icon=":material/error:")


def what_cannot_be_read() -> None:
    """Saved files and records that this version does not understand; they are kept as they are."""
    for message in unreadable_files():
        st.error(plain(message), icon=":material/error:")
    if records := len(workspace().unreadable()):
        said = _("Saved corrections or settings that this version cannot read: {n}. They are kept, and not used.",
                 n=records)
        st.warning(say(said), icon=":material/error:")


def _keep(name: str, data: bytes) -> str | None:
    """Keep a readable file; the sentence about one that is not, or that was there already."""
    if hashlib.sha256(data).hexdigest() in {file.sha for file in workspace().files()}:
        return say(_("{name} is loaded already; nothing has changed.", name=plain(name)))
    keep = partial(_added, workspace(), settings(), preferences().display_name, name, data)
    if begun(name, data, keep):
        return None
    if reason := unreadable(name, data):
        return plain(reason)
    keep()
    return None


def add(name: str, data: bytes) -> None:
    """Put a file into the workspace."""
    _added(workspace(), settings(), preferences().display_name, name, data)


def _added(work: Workspace, usual: Settings, by: str, name: str, data: bytes) -> None:
    """Put a file into a workspace; with the first, the settings of the reader's language are fixed. Asks no session."""
    if work.load(Settings, SETTINGS) is None:
        work.save(usual, SETTINGS, by=by)
    work.add_file(name, data, by=by)


def sample_choice() -> None:
    """One click each: the tidy workbook, or the ledger as a team really keeps it, in either language."""
    st.caption(say(_("An invented SaaS company: 400 customers over 36 months. All names and numbers are made up.")))
    ordered = sorted(LANGUAGES, key=lambda one: one != language())
    for one in ordered:
        for kind, label in (("tidy", _("Tidy workbook ({language})", language=NAMES[one])),
                            ("messy", _("Messy ledger ({language})", language=NAMES[one]))):
            is_first = one == language() and kind == "tidy"
            st.button(say(label), key=f"sample-{one}-{kind}", width="stretch", on_click=_take_sample, args=(one, kind),
                      type="primary" if is_first else "secondary")


@told
def _take_sample(one: Language, kind: SampleKind) -> None:
    add(*sample(one, kind))


def template_choice() -> None:
    st.caption(say(_("An empty workbook with every table and column this product reads. Fill in what you have.")))
    shown_in = language()
    st.download_button(say(_("Download the template")), lambda: template(shown_in), f"cs_kpi_template_{shown_in}.xlsx",
                       XLSX, key="template", on_click="ignore", icon=":material/download:", width="stretch")


def file_list(found: list[LoadedSheet]) -> None:
    """The files of the workspace, each with what was read of it and a button that takes it out."""
    for file in workspace().files():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/description: **{plain(file.name)}**  \n{_result(file.sha, found)}", width="stretch")
            facts = [_size(file.size), shown(file.added_at.date(), language()), plain(file.by)]
            st.caption(" · ".join(fact for fact in facts if fact), width=220)
            st.button(say(_("Remove")), key=f"remove-{file.sha}", type="tertiary", icon=":material/close:",
                      on_click=_remove, args=(file.sha,))
    undo_removal()


def _result(sha: str, found: list[LoadedSheet]) -> str:
    """In few words what a file gave: its tables, rows, refused rows, open questions."""
    of_file = [one for one in found if one.file.sha == sha]
    used = [one for one in of_file if one.mapping.is_used]
    tables = list(dict.fromkeys(say(TABLES[name].label) for one in used for name in one.reading.tables))
    if not tables:
        said = say(_("no table found") if of_file else _("cannot be read"))
        return f":orange[{said}]"
    facts = [shown(tables, language()), say(_("rows read: {n}", n=sum(one.reading.rows_read for one in used)))]
    counts = ((_("refused: {n}", n=sum(one.reading.rows_refused for one in used)), "red"),
              (_("notes to read: {n}", n=sum(len(one.reading.lacks) for one in used)), "orange"),
              (_("questions: {n}", n=sum(len(one.open_questions) for one in used)), "orange"))
    facts += [f":{colour}[{say(said)}]" for said, colour in counts if said.values["n"]]
    return f":small[{' · '.join(facts)}]"


def undo_removal() -> None:
    """A button that puts the last removed file back."""
    if gone := st.session_state.get("removed-file"):
        name, _data = gone
        st.button(plain(_("Put {name} back", name=name)), icon=":material/undo:", key="undo-remove", on_click=_put_back)


def _size(size: int) -> str:
    """Bytes as a reader reads them.

    >>> _size(3_809), _size(1_770_000)
    ('4 KB', '1.8 MB')
    """
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE else f"{-(-size // 1_000):,} KB"


@told
def _remove(sha: str) -> None:
    """Take a file out; it can be put back until the next one goes."""
    name = next((file.name for file in workspace().files() if file.sha == sha), "")
    st.session_state["removed-file"] = (name, workspace().data(sha))
    workspace().remove_file(sha)


@told
def _put_back() -> None:
    add(*st.session_state.pop("removed-file"))
