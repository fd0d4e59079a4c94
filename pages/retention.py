"""Retention: churn over time, cohorts, how long customers stay, why they leave, what is due, and what churn costs."""

from __future__ import annotations

from functools import partial

from pages._ui.churn import churn_section, cost_section
from pages._ui.cohorts import cohort_section
from pages._ui.guards import errors_in_words, require_book
from pages._ui.header import header
from pages._ui.reasons import reason_section
from pages._ui.renewals import renewal_section
from pages._ui.sections import sections
from pages._ui.staying import staying_section
from pages._ui.view import pickers
from pages._ui.words import _

header(_("Retention"))
with errors_in_words():
    book = require_book()
    view = pickers(book)
    sections("retention", {name: (label, partial(section, book, view)) for name, label, section in (
        ("churn", _("Churn"), churn_section), ("cohorts", _("Cohorts"), cohort_section),
        ("staying", _("How long they stay"), staying_section), ("reasons", _("Why they left"), reason_section),
        ("renewals", _("Renewal calendar"), renewal_section), ("cost", _("What churn costs"), cost_section))})
