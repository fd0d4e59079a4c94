"""Open actions as a calendar file (.ics), an all-day entry each; loaded again it changes its entries, it adds none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cs_kpi.actions.records import Action
from cs_kpi.locale import Language, Message, _

if TYPE_CHECKING:
    from icalendar import Event

UID_DOMAIN = "cs-kpi.local"
PRODUCT = "-//CS KPI workbench//actions//EN"


def ics_bytes(actions: Mapping[str, Action], names: Mapping[str, str], language: Language,
              now: dt.datetime | None = None) -> bytes:
    """RFC 5545. names : of customers by id; now : when the file is made

    Entries, not to-dos: the calendars that most offices use do not show those.
    """
    from icalendar import Calendar

    calendar = Calendar.new(prodid=PRODUCT, uid=f"actions@{UID_DOMAIN}", name=_("Actions").text(language))
    stamp = (now or dt.datetime.now(dt.UTC)).replace(microsecond=0)
    for key, one in sorted(actions.items(), key=lambda pair: (pair[1].due_on, pair[0])):
        if one.status == "open":
            calendar.add_component(_entry(key, one, names.get(one.customer_id, one.customer_id), language, stamp))
    return bytes(calendar.to_ical())


def _entry(key: str, one: Action, customer: str, language: Language, stamp: dt.datetime) -> Event:
    from icalendar import TRANSP, Event

    told: Sequence[Message] = [_("{name}: {value}", name=_("Customer name"), value=customer),
                               *([_("{name}: {value}", name=_("Who"), value=one.owner)] if one.owner else [])]
    return Event.new(uid=f"{key}@{UID_DOMAIN}", stamp=stamp, start=one.due_on, end=one.due_on + dt.timedelta(days=1),
                     summary=f"{one.title} – {customer}", description="\n".join(line.text(language) for line in told),
                     transparency=TRANSP.TRANSPARENT)
