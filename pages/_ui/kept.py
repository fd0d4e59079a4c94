"""What the pages keep, for whatever shows it elsewhere: slides, workbook and report."""

from __future__ import annotations

from cs_kpi.book import Book
from cs_kpi.deck.scene import Kept
from pages._ui.act import actions
from pages._ui.goals_work import targets
from pages._ui.health import versions
from pages._ui.plan import scenarios, the_plan
from pages._ui.risk import outlook_of


def kept(book: Book) -> Kept:
    """The trained model (asked for only where something needs it), and everything that was saved."""
    return Kept(lambda: outlook_of(book), versions(), actions(), [one.now for one in targets().values()],
                list(scenarios().values()), the_plan())
