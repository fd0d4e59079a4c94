"""The CS KPI workbench: the menu, and the page that was picked from it."""

from __future__ import annotations

from pages._ui.customer_links import follow
from pages._ui.guards import errors_in_words
from pages._ui.header import language_switch
from pages._ui.menu import menu
from pages._ui.work import begin

with errors_in_words():
    begin()
    page = menu()
    follow()
    language_switch()
    page.run()
