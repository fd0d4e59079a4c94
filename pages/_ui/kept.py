"""What the pages keep, for whatever shows it elsewhere: slides, workbook and report."""

from __future__ import annotations

import datetime as dt

from cs_kpi.actions.goals import ActivityGoal
from cs_kpi.actions.records import snoozed
from cs_kpi.book import Book
from cs_kpi.deck.scene import Kept
from pages._ui.act import actions, playbooks, runs, snoozes
from pages._ui.act_touch import saved_model
from pages._ui.goals_work import notes, rules, targets
from pages._ui.health import versions
from pages._ui.plan import scenarios, the_plan
from pages._ui.risk import outlook_of
from pages._ui.work import workspace


def kept(book: Book) -> Kept:
    """The trained model (asked for only where something needs it), and everything that was saved."""
    known = targets()
    return Kept(outlook=lambda: outlook_of(book), versions=versions(), actions=actions(), playbooks=playbooks(),
                runs=runs(), put_off=tuple(snoozed(snoozes(), dt.date.today())),
                goals=list(workspace().all(ActivityGoal).values()), touch=saved_model(),
                targets=[one.now for one in known.values()], notes=[list(notes(key).values()) for key in known],
                rules=rules(), scenarios=list(scenarios().values()), plan=the_plan())
