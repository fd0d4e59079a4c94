"""What a goal is worth, in sentences: what was found, how sure that is, and what to do next."""

from __future__ import annotations

from cs_kpi.locale import Language, Message, _
from cs_kpi.locale.formats import change_text, formatted
from cs_kpi.onboarding.choice import FEWEST, LARGEST_SET, Goal, Verdict
from cs_kpi.onboarding.editing import in_words
from cs_kpi.onboarding.goals import Contrast, Group

HEADS: dict[Verdict, Message] = {
    "holds": _("A goal that holds"), "below": _("A goal that helps, below the target"),
    "fails": _("Not confirmed on later customers"),
    "out_of_reach": _("No set of steps reaches the target"), "no_difference": _("No step goes with staying"),
    "too_few": _("Too few customers to design a goal")}
CAUTION = _("A relation is no proof of a cause: customers that take a step may differ in other ways. Confirm it by "
            "helping some of the next customers to take it.")


def found(goal: Goal) -> Message | None:
    """The set, in words; None where there is none."""
    return None if goal.criterion is None else in_words(goal.criterion)


def explained(goal: Goal, language: Language) -> Message:
    """How sure it is."""
    target = formatted(goal.target, "share", language)
    match goal.verdict:
        case "holds":
            return _("Among later customers the difference is {difference}, beyond chance, and completers reach the "
                     "target of {target}.", difference=difference(goal.later, language), target=target)
        case "below":
            return _("Among later customers the difference is {difference}, beyond chance, but completers do not "
                     "reach the target of {target}.", difference=difference(goal.later, language), target=target)
        case "fails":
            return _("It was the best of {tried} sets among earlier customers. Among later ones the difference is "
                     "{difference}, which may be chance. Do not rely on it.", tried=goal.tried,
                     difference=difference(goal.later, language))
        case "out_of_reach":
            return _("Of the sets of up to {largest} steps that go with staying, none reaches {target} among earlier "
                     "customers. This one comes nearest; lower the target to have it judged.", largest=LARGEST_SET,
                     target=target)
        case "no_difference":
            return _("{tried} sets of steps were tried on earlier customers. With none of them completers stay longer "
                     "than the others beyond chance.", tried=goal.tried)
    return _("{n} customers have been observed for {months} months. At least {needed} with a step and {needed} without "
             "it are needed, among the earlier ones and among the later ones.", n=goal.customers, months=goal.months,
             needed=FEWEST)


def difference(contrast: Contrast | None, language: Language) -> str:
    """A difference of shares with its interval, in points: +24.5 pt (+8.1 to +41.0)."""
    assert contrast is not None
    low, high = (change_text(value, 0, "share", language).removesuffix(" pt") for value in contrast.interval)
    return _("{difference} ({low} to {high})", difference=change_text(contrast.difference, 0, "share", language),
             low=low, high=high).text(language)


def group(one: Group, language: Language) -> str:
    """A share with its interval and its size: 85.5% (75.9% to 91.7%, n=76)."""
    low, high = (formatted(value, "share", language) for value in one.interval)
    return _("{share} ({low} to {high}, n={n})", share=formatted(one.share, "share", language), low=low, high=high,
             n=one.n).text(language)
