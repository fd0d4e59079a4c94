"""Customer: everything known of one customer on one page, reached from any name in the product."""

from __future__ import annotations

from functools import partial

from cs_kpi.customer.profile import profile
from pages._ui.act import today_of
from pages._ui.cache import cached
from pages._ui.customer_head import head
from pages._ui.customer_health import health_section
from pages._ui.customer_lacks import what_is_lacking
from pages._ui.customer_like import like_section
from pages._ui.customer_money import money_section
from pages._ui.customer_pick import called, picked_customer
from pages._ui.customer_story import story_section
from pages._ui.customer_use import use_section
from pages._ui.guards import errors_in_words, require_book
from pages._ui.header import header
from pages._ui.sections import sections
from pages._ui.words import _

header(_("Customer page"))
with errors_in_words():
    book = require_book()
    code = picked_customer(book)
    if code is not None:
        name, today = called(book, code), today_of(book)
        head(book, today, cached(profile, book, code), name)
        sections("customer", {
            "story": (_("What happened"), partial(story_section, book, code)),
            "money": (_("Contracts and MRR"), partial(money_section, book, code, name)),
            "use": (_("Use"), partial(use_section, book, code, name)),
            "health": (_("Health and risk"), partial(health_section, book, today, code, name)),
            "like": (_("Cases to tell"), partial(like_section, book, today, code))})
        what_is_lacking(book)
