"""Health score: how healthy every customer is and why, who moved, how it is scored, and whether it foresaw leaving."""

from __future__ import annotations

from functools import partial

from pages._ui.guards import errors_in_words, require_book
from pages._ui.header import header
from pages._ui.health_backtest import backtest_section
from pages._ui.health_editor import editor_section
from pages._ui.health_moves import moves_section
from pages._ui.health_start import begun_with
from pages._ui.health_today import customers_section, today_section
from pages._ui.health_versions import versions_section
from pages._ui.sections import sections
from pages._ui.view import pickers
from pages._ui.words import _

header(_("Health score"))
with errors_in_words():
    book = require_book()
    view = pickers(book)
    chosen = begun_with(book)
    sections("health", {name: (label, partial(section, book, view, chosen)) for name, label, section in (
        ("today", _("Now"), today_section), ("customers", _("By name"), customers_section),
        ("moves", _("Who moved"), moves_section),
        ("editor", _("How it is scored"), editor_section), ("backtest", _("Test on the past"), backtest_section),
        ("versions", _("Over time"), versions_section))})
