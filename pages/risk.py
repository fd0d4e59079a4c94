"""Churn risk: whether it can be believed, who may leave and why, how it was tested, and what it looks at."""

from __future__ import annotations

from functools import partial

from pages._ui.guards import errors_in_words, require_book
from pages._ui.header import header
from pages._ui.risk import outlook_of
from pages._ui.risk_customers import customers_section
from pages._ui.risk_settings import settings_section
from pages._ui.risk_test import test_section
from pages._ui.risk_training import training
from pages._ui.risk_verdict import is_enough, verdict_box
from pages._ui.sections import sections
from pages._ui.words import _

header(_("Churn risk"))
with errors_in_words():
    book = require_book()
    found = outlook_of(book)
    if found:
        verdict_box(book, found)
    if found or is_enough(book):
        training(book)
    shown = {"customers": (_("Customers"), partial(customers_section, book, found)),
             "test": (_("How well it foresees"), partial(test_section, found))} if found else {}
    sections("risk", {**shown, "settings": (_("What it foresees, and from what"), partial(settings_section, book))})
