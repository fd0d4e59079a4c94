"""Growth: who may buy more and why, who is better left alone, what is bought next, and how well that was foreseen."""

from __future__ import annotations

from functools import partial

from pages._ui.act import what_was_done
from pages._ui.growth import growth_of, verdict_boxes
from pages._ui.growth_list import candidate_section, held_section
from pages._ui.growth_rules import rules_section
from pages._ui.growth_settings import settings_section
from pages._ui.growth_test import test_section
from pages._ui.guards import errors_in_words, require_book
from pages._ui.header import header
from pages._ui.sections import sections
from pages._ui.words import _

header(_("Growth candidates"))
with errors_in_words():
    book = require_book()
    what_was_done()
    found = growth_of(book)
    verdict_boxes(found)
    sections("growth", {name: (label, partial(section, found)) for name, label, section in (
        ("candidates", _("Candidates"), candidate_section), ("held", _("Held back"), held_section),
        ("rules", _("What is bought next"), rules_section), ("test", _("Test on the past"), test_section),
        ("settings", _("Signs and limits"), settings_section))})
