"""The playbooks that the product brings, in the reader's language; a team changes them, switches them off, or adds."""

from __future__ import annotations

from collections.abc import Mapping

from cs_kpi.actions.records import Playbook, Step, Trigger, TriggerName
from cs_kpi.locale import Language, Message, _

MANAGER, SUPPORT = _("CS manager"), _("Support")
Steps = tuple[tuple[Message, Message | None, int], ...]
"""What, by whom (None: the customer's CSM), how many days after the start."""
SHIPPED: dict[TriggerName, tuple[Message, Steps]] = {
    "leaving": (_("Leaving: exit interview"), (
        (_("Ask for half an hour with the decision maker"), None, 3),
        (_("Exit interview: why they came, what was missing, what they use from now on"), None, 14),
        (_("Tell product and sales what was learned"), MANAGER, 21))),
    "high_risk": (_("High risk: special terms"), (
        (_("Look through the reasons of the risk and agree what may be offered"), MANAGER, 2),
        (_("Meet the decision maker: what has to change so that they stay"), None, 7),
        (_("Offer special terms (price, term, plan or support) in writing"), None, 10),
        (_("Check after a month whether use came back"), None, 40))),
    "low_health": (_("Low health: purpose and today's need"), (
        (_("Look through the score, recent tickets and use"), None, 2),
        (_("Hear for which purpose they bought, and what they need today"), None, 7),
        (_("Agree on one goal, with a number and a day"), None, 10),
        (_("Check the goal together"), None, 40))),
    "band_drop": (_("Health fell: find the cause"), (
        (_("See which part of the score fell, and since when"), None, 2),
        (_("Call the main contact and ask what changed"), None, 5),
        (_("Write down the cause, and choose the next step"), None, 7))),
    "onboarding_overdue": (_("Onboarding delay: kick-off with the decision maker"), (
        (_("Find out which step hangs, and on whom"), None, 1),
        (_("Kick-off with the decision maker: purpose, people, time"), None, 5),
        (_("Send a schedule with a day and a name for every open step"), None, 7),
        (_("Go through the schedule once a week until onboarding is completed"), None, 14))),
    "urgent_ticket": (_("Urgent ticket: one voice"), (
        (_("Tell the customer who is on it, and when the next word comes"), None, 0),
        (_("Solve it, or name a day"), SUPPORT, 2),
        (_("Call after it is solved: is all well, and what do we change"), None, 7))),
    "detractor": (_("Detractor: answer the answer"), (
        (_("Thank them for the answer, and ask for the reason"), None, 2),
        (_("Mend what can be mended, and say what cannot"), None, 14),
        (_("Come back to them with what was done"), None, 21))),
    "use_fell": (_("Use fell: back to the habit"), (
        (_("See which features and people stopped"), None, 2),
        (_("Ask whether something changed: people, work, season"), None, 5),
        (_("Short training on the one feature that brings most"), None, 14))),
    "champion_silent": (_("Champion silent: find the next one"), (
        (_("Find out whether the main user is away, moved or gone"), None, 3),
        (_("Get to know a second and a third person"), None, 10),
        (_("Introduce the service to the successor"), None, 20))),
    "renewal": (_("Renewal: talk before the deadline"), (
        (_("Put together what was achieved, in the customer's numbers"), None, 7),
        (_("Renewal talk with the decision maker"), None, 21),
        (_("Send the renewal offer before notice can be given"), None, 30))),
    "mrr_fell": (_("MRR fell: why less"), (
        (_("Ask why seats or plan were reduced"), None, 3),
        (_("Check whether the smaller plan still serves the purpose"), None, 10))),
    "seats_full": (_("Expansion talk: more seats, the next plan or product"), (
        (_("Check that they are content before anything is offered"), None, 3),
        (_("Put together what they reached so far, in their own numbers"), None, 7),
        (_("Talk with the decision maker: what would they reach with more"), None, 14),
        (_("Send an offer that fits what was said"), None, 17)))}
ASKS_REASON = ("leaving", 1)
"""The step of the exit interview, which brings the reason for leaving."""


def shipped(language: Language) -> dict[str, Playbook]:
    """By key, in the order of urgency."""
    return {kind: _playbook(kind, language) for kind in SHIPPED}


def _playbook(kind: TriggerName, language: Language) -> Playbook:
    name, steps = SHIPPED[kind]
    made = tuple(Step(title=title.text(language), owner=owner.text(language) if owner else "", due_days=days,
                      asks_reason=(kind, place) == ASKS_REASON) for place, (title, owner, days) in enumerate(steps))
    return Playbook(name=name.text(language), trigger=Trigger(kind=kind), steps=made)


def in_force(saved: Mapping[str, Playbook], language: Language) -> dict[str, Playbook]:
    """The shipped ones, in their place those that the team changed, then its own by name."""
    usual = shipped(language)
    own = sorted((key for key in saved if key not in usual), key=lambda key: (saved[key].name, key))
    return {key: saved.get(key, one) for key, one in usual.items()} | {key: saved[key] for key in own}
