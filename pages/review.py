"""Review: targets against what happened, targets set and changed, what moves with the KGI, benchmarks."""

from __future__ import annotations

from functools import partial

from pages._ui.goals_benchmarks import benchmark_section
from pages._ui.goals_draft import resume
from pages._ui.goals_editor import targets_section
from pages._ui.goals_relations import relations_section
from pages._ui.goals_review import SECTION, review_section
from pages._ui.guards import errors_in_words, require_book
from pages._ui.header import header
from pages._ui.sections import sections
from pages._ui.words import _

header(_("Review"))
with errors_in_words():
    book = require_book()
    resume(SECTION)
    sections(SECTION, {name: (label, partial(section, book)) for name, label, section in (
        ("review", _("Targets and actuals"), review_section), ("targets", _("Set targets"), targets_section),
        ("relations", _("What moves with the KGI"), relations_section),
        ("benchmarks", _("Benchmarks"), benchmark_section))})
