"""Actions: who comes first, playbooks, the list of what is to be done, touch model, activity goals, and what worked."""

from __future__ import annotations

from functools import partial

from pages._ui.act import what_was_done
from pages._ui.act_editor import editor_section
from pages._ui.act_effects import effects_section
from pages._ui.act_goals import goals_section
from pages._ui.act_list import list_section
from pages._ui.act_playbooks import playbook_section
from pages._ui.act_queue import queue_section
from pages._ui.act_touch import touch_section
from pages._ui.guards import errors_in_words, require_book
from pages._ui.header import header
from pages._ui.sections import sections
from pages._ui.words import _

header(_("Actions"))
with errors_in_words():
    book = require_book()
    what_was_done()
    sections("actions", {name: (label, partial(section, book)) for name, label, section in (
        ("queue", _("Queue"), queue_section), ("playbooks", _("Playbooks"), playbook_section),
        ("list", _("List of actions"), list_section), ("editor", _("Edit playbooks"), editor_section),
        ("touch", _("Touch model"), touch_section), ("goals", _("Activity goals"), goals_section),
        ("effects", _("Did it work?"), effects_section))})
