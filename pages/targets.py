"""Targets and what-if: drivers that can be moved, what comes of it, and what a goal would take."""

from __future__ import annotations

from functools import partial

from pages._ui.goals_draft import resume
from pages._ui.goals_editor import targets_section
from pages._ui.guards import errors_in_words, require_book
from pages._ui.header import header
from pages._ui.plan import require_months
from pages._ui.plan_meeting import in_meeting, meeting
from pages._ui.plan_saved import scenario_bar, scenarios_section, undo_bar
from pages._ui.plan_tree import tree_section
from pages._ui.plan_whatif import whatif_section
from pages._ui.sections import sections
from pages._ui.words import _

header(_("Targets and what-if"))
with errors_in_words():
    book = require_book()
    require_months(book)
    resume("targets")
    if in_meeting():
        meeting(book)
    else:
        scenario_bar(book)
        undo_bar()
        sections("targets", {name: (label, partial(section, book)) for name, label, section in (
            ("whatif", _("What-if"), whatif_section), ("tree", _("KPI tree"), tree_section),
            ("scenarios", _("Scenarios"), scenarios_section), ("targets", _("Set targets"), targets_section))})
