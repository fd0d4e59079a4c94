"""Engagement: who uses the service, how often, which features, and whose use fell."""

from __future__ import annotations

from pages._ui.cards import group_cards
from pages._ui.guards import errors_in_words, lacks_data, require_book, takes_dates
from pages._ui.header import header
from pages._ui.use import coming_back_section, falling_section, features_section, onboarding_section, rates_section
from pages._ui.view import pickers
from pages._ui.words import _

header(_("Engagement"))
with errors_in_words():
    book = require_book()
    view = pickers(book)
    if not book.has("usage.date"):
        lacks_data("usage", ("date", "user_id", "feature"))
    elif book.is_snapshot:
        takes_dates()
    else:
        group_cards(book, "engagement", view.period, view.segment)
        rates_section(book, view)
        features_section(book, view)
        coming_back_section(book, view)
        onboarding_section(book, view)
        falling_section(book, view)
