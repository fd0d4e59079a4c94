"""Everything that may stand in a deck, each declared once: the page, the presets and the command line read this."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from cs_kpi.deck.content import Content
from cs_kpi.deck.scene import Scene
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.readings import absent, missing, to_load
from cs_kpi.locale import Message, _

Group = Literal["numbers", "trends", "revenue", "retention", "onboarding", "engagement", "voice", "health", "risk",
                "actions", "growth", "customer", "plan"]
GROUP_LABELS: dict[Group, Message] = {
    "numbers": _("KPI tables"), "trends": _("KPIs over time"), "revenue": _("Revenue"), "retention": _("Retention"),
    "onboarding": _("Onboarding"), "engagement": _("Engagement"), "voice": _("Voice of the customer"),
    "health": _("Health score"), "risk": _("Churn risk"), "actions": _("Actions"), "growth": _("Growth candidates"),
    "customer": _("One customer"), "plan": _("Targets and reviews")}
TAKES_DATES = _("This takes dates, which the list does not have. Assign 'Start date' and 'End date' on the data page, "
                "or load contracts that have them.")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that may stand in a deck.

    make : its slides; empty, or a DataError with the reason, where this book has nothing to show
    kpis : that it shows; their definitions and numbers go into the speaker notes
    needs : "table" or "table.field" without which it cannot be; of "a|b" one is enough
    is_dated : whether it takes dates, which a list of who left has not
    needs_customer : whether it is about the deck's one customer
    lacks : a further reason why it cannot be shown
    """

    id: str
    group: Group
    label: Message
    make: Callable[[Scene], Sequence[Content]]
    kpis: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    is_dated: bool = True
    needs_customer: bool = False
    lacks: Callable[[Scene], Message | None] | None = None


ITEMS: dict[str, Item] = {}


def item(id: str, group: Group, label: Message, make: Callable[[Scene], Sequence[Content] | Content], *,
         kpis: Sequence[str] = (), needs: Sequence[str] = (), is_dated: bool = True, needs_customer: bool = False,
         lacks: Callable[[Scene], Message | None] | None = None) -> None:
    """Declare an item; `make` may give one content or several."""
    def several(scene: Scene) -> Sequence[Content]:
        made = make(scene)
        return made if isinstance(made, (list, tuple)) else (made,)  # type: ignore[return-value]
    assert id not in ITEMS, id
    ITEMS[id] = Item(id, group, label, several, tuple(kpis), tuple(needs), is_dated, needs_customer, lacks)


def lacking(one: Item, scene: Scene) -> Message | None:
    """Why an item cannot stand in this deck; None where nothing is known to be in its way. Computes next to nothing."""
    book = scene.book
    if one.is_dated and book.is_snapshot:
        return TAKES_DATES
    for need in one.needs:
        places = need.split("|")
        if not any(book.has(place) for place in places):
            return to_load(book, next((place for place in places if book.has(place.split(".")[0])), places[0]))
    if one.kpis and not (there := [name for name in one.kpis if missing(book, KPIS[name]) is None]):
        assert not there
        return missing(book, KPIS[one.kpis[0]])
    if one.needs_customer and not scene.customer:
        return _("Choose the customer that these slides are about.")
    return one.lacks(scene) if one.lacks else None


def tables_of(one: Item, scene: Scene) -> list[str]:
    """The tables that an item reads: those it needs, and those of its KPIs."""
    needs = [need for need in one.needs for need in need.split("|")]
    needs += [place for name in one.kpis if absent(scene.book, KPIS[name]) is None for need in KPIS[name].needs
              for place in need.split("|")]
    return [name for name in dict.fromkeys(place.split(".")[0] for place in needs) if name in scene.book.tables]
