"""The KPIs of use (handbook 4)."""

from __future__ import annotations

from cs_kpi.book import Book
from cs_kpi.kpi.registry import kpi
from cs_kpi.locale import Message, _
from cs_kpi.measures.use import told_by_month


def key_features(book: Book) -> Message:
    return _("Key features: {features}.", features=list(book.settings.key_features))


def least_use(book: Book) -> Message | None:
    least = book.settings.active_min_count
    return _("Active is who has at least {n} uses.", n=least) if least > 1 else None


def monthly_minutes(book: Book) -> Message | None:
    """What a mean of monthly totals is: minutes per customer and month, not per session."""
    return _("The usage gives totals by month: this is minutes per customer and month, not per session."
             ) if book.once(told_by_month) else None


kpi("active_customer_rate", "engagement", label=_("Active customer rate"), unit="share", better="up", bounds=(0, 1),
    numerator="is_using", denominator="is_there", remark=least_use,
    definition=_("The share of customers at the closing that used the product in the period."))
kpi("active_user_rate", "engagement", label=_("Active user rate"), unit="share", better="up",
    numerator="active_users", denominator="seats",
    definition=_("Users with use in the period, as a share of the seats under contract at the closing. Customers whose "
                 "seats are not known are left out."))
kpi("feature_adoption_rate", "engagement", label=_("Key feature adoption rate"), unit="share", better="up",
    bounds=(0, 1), numerator="has_adopted", denominator="is_there", remark=key_features,
    definition=_("The share of customers at the closing that used every key feature in the period."))
kpi("session_minutes", "engagement", label=_("Minutes per session"), unit="minutes", better="up",
    numerator="minutes_used", denominator="timed_rows", remark=monthly_minutes,
    definition=_("Minutes of use in the period per row of usage that says how long it lasted."))
