"""Voice: what customers say over time and by segment, who said it, who did not, and what became of them."""

from __future__ import annotations

from pages._ui.guards import errors_in_words, lacks_data, require_book, takes_dates
from pages._ui.header import header
from pages._ui.view import pickers
from pages._ui.voices import (
    after_section,
    answers_section,
    cut_section,
    survey_picker,
    trend_section,
    where_answers_are,
)
from pages._ui.words import _

header(_("Voice of the customer"))
with errors_in_words():
    book = require_book()
    view = pickers(book)
    if not book.has("surveys.score"):
        lacks_data("surveys", ("answered_on", "score", "comment"))
    elif book.is_snapshot:
        takes_dates()
    elif survey := survey_picker(book):
        where_answers_are(book, view, survey)
        trend_section(book, view, survey)
        answers_section(book, view, survey)
        cut_section(book, view, survey)
        after_section(book, view, survey)
