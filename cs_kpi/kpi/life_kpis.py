"""The KPIs of lives: renewals, lifetime value, tenure, start cohorts and onboarding (handbook 4 and 5)."""

from __future__ import annotations

from cs_kpi.book import Book
from cs_kpi.kpi.registry import kpi
from cs_kpi.locale import Message, _
from cs_kpi.measures.onboarding import PLACES, criterion, rule_label


def margin_remark(book: Book) -> Message:
    """Which gross margin is in the number, and whether anybody said so."""
    if book.settings.gross_margin is None:
        return _("The gross margin is not set and counts as 100%. Set it in the settings.")
    return _("With a gross margin of {percent}%.", percent=float(book.settings.gross_margin * 100))


def criterion_remark(book: Book) -> Message | None:
    """What completes onboarding, and whether anybody said so."""
    found = book.once(criterion)
    if found is None:
        return None
    steps = [_("{step} within {days} days", step=rule_label(rule), days=rule.days) for rule in found.rules]
    said = (_("Onboarding criterion: {steps}.", steps=steps) if found.rules_needed == len(steps)
            else _("Onboarding criterion: {needed} of: {steps}.", needed=found.rules_needed, steps=steps))
    if book.settings.onboarding:
        return said
    return _("{criterion} This is a guess from the sheets; change it in the settings.", criterion=said)


def criterion_places(book: Book) -> tuple[str, ...]:
    found = book.once(criterion)
    return tuple(PLACES[rule.kind] for rule in found.rules) if found else ()


kpi("renewal_rate", "retention", label=_("Renewal rate"), unit="share", better="up", bounds=(0, 1),
    numerator="renewed_terms", denominator="ended_terms",
    definition=_("Of the contract terms that ran out in the period, the share that was renewed: the contract goes on, "
                 "or another one of the customer follows."))
kpi("renewal_rate_mrr", "retention", label=_("Renewal rate (MRR)"), unit="share", better="up", bounds=(0, 1),
    numerator="renewed_mrr", denominator="ended_mrr",
    definition=_("Of the MRR of the contract terms that ran out in the period, the share that was renewed. A higher "
                 "price counts as the old one."))
kpi("ltv", "revenue", label=_("LTV"), unit="money", better="up", method="lifetime", remark=margin_remark,
    numerator="closing_mrr", denominator="is_customer", over=("losses_in_window", "openings_in_window"),
    definition=_("Customer lifetime value: average MRR per customer times gross margin, divided by the monthly "
                 "customer churn of the last months taken together."))
kpi("revenue_to_date", "revenue", label=_("Revenue to date"), unit="money", better="up",
    numerator="revenue_so_far", denominator="is_known_from_the_start",
    definition=_("The realised lifetime value: the MRR of all months so far, per customer that ever started."))
kpi("tenure_mean", "retention", label=_("Mean tenure"), unit="months", better="up",
    numerator="tenure", denominator="has_begun",
    definition=_("Months from the first active day to the day of leaving, or to the closing for those still there: the "
                 "mean over all customers that ever started."))
kpi("tenure_median", "retention", label=_("Median lifetime"), unit="months", better="up", method="median_survival",
    numerator="has_ended", denominator="has_begun",
    definition=_("The time after which half of the customers have left, by the Kaplan-Meier estimate: those still "
                 "there count as long as they have been seen."))
kpi("cohort_churn_rate", "retention", label=_("Start cohort churn rate"), unit="share", better="down", bounds=(0, 1),
    numerator="is_lost_from_cohort", denominator="is_judged", pending="is_young",
    definition=_("Of the customers that started in the period and have been observed for the set number of months "
                 "since, the share not active at the end of them."))
kpi("cohort_churn_to_date", "retention", label=_("Start cohort churn to date"), unit="share", better="down",
    bounds=(0, 1), compares=False, numerator="is_young_and_lost", denominator="is_young",
    definition=_("Of the customers that started in the period and have not been observed long enough for the start "
                 "cohort churn rate, the share that has left so far."))
kpi("onboarding_completion_rate", "onboarding", label=_("Onboarding completion rate"), unit="share", better="up",
    bounds=(0, 1), numerator="is_onboarded", denominator="is_due", pending="is_not_due", remark=criterion_remark,
    reads=criterion_places,
    definition=_("Of the customers that started in the period and whose limit has passed, those who left included, the "
                 "share that completed onboarding in time."))
