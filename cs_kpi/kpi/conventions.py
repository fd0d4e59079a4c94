"""How other tools define the same KPIs: variants of the declarations, over the same measures (handbook 7)."""

from __future__ import annotations

from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.registry import DEFAULT_CONVENTION, VARIANTS, Kpi, variant
from cs_kpi.locale import Message, _
from cs_kpi.measures import other_movements  # noqa: F401  (declares the measures of the variants)

CONVENTIONS: dict[str, Message] = {
    DEFAULT_CONVENTION: _("Default (handbook)"),
    "chartmogul": _("ChartMogul"),
    "stripe": _("Stripe"),
    "baremetrics": _("Baremetrics"),
    "maxio": _("Maxio"),
    "monthly_product": _("Product of the monthly rates"),
    "monthly_sum": _("Sum of the monthly movements"),
    "cancellations_only": _("Cancellations only"),
    "month_churn": _("Churn of the last month alone"),
    "share_of_customers": _("Share of customers"),
    "without_reactivation": _("Without reactivation"),
    "top_two_of_ten": _("9 and 10 of ten"),
    "mean_score": _("Mean score"),
}
"""Every convention by its name; for a KPI of which it says nothing the default holds."""

variant("customer_churn_rate", "stripe", numerator="left + came_and_went",
        denominator="was_customer + is_new + is_reactivated + came_and_went", source="Stripe",
        definition=_("The share of customers that left, of those at the opening and those that joined in the period; "
                     "who joined and left in the period is in both."))
variant("customer_churn_rate", "baremetrics", numerator="left + came_and_went", source="Baremetrics",
        bounds=(0, None),
        definition=_("Customers that left in the period, also those that had joined in it, as a share of the customers "
                     "at the opening."))
variant("nrr", "chartmogul", numerator="opening_mrr + reactivation + expansion - contraction - churn",
        source="ChartMogul",
        definition=_("Net revenue retention with reactivation: what the customers at the opening and those that came "
                     "back pay at the closing, as a share of the opening MRR."))
variant("net_revenue_churn_rate", "chartmogul", numerator="churn + contraction - expansion - reactivation",
        source="ChartMogul",
        definition=_("The share of the opening MRR that was lost by churn and contraction, less expansion and "
                     "reactivation."))
variant("nrr", "monthly_product", method="monthly_product",
        definition=_("The product of the net revenue retention of every month in the period."))
variant("nrr", "monthly_sum", method="monthly_sum",
        definition=_("One plus the sum of all months' expansion, contraction and churn as a share of the opening MRR "
                     "of the period."))
variant("new_customers", "maxio", numerator="is_new_or_long_away", source="Maxio",
        definition=_("Customers at the closing that had never been active up to the opening, or that had been away for "
                     "more than 90 days."))
variant("reactivated_customers", "maxio", numerator="is_back_soon", source="Maxio",
        definition=_("Customers that came back after at most 90 days."))
variant("new_mrr", "maxio", numerator="new_or_long_away", source="Maxio",
        definition=_("The closing MRR of new customers, and of those that came back after more than 90 days."))
variant("reactivation_mrr", "maxio", numerator="back_soon", source="Maxio",
        definition=_("The closing MRR of customers that came back after at most 90 days."))
variant("gross_revenue_churn_rate", "cancellations_only", numerator="churn",
        definition=_("The share of the opening MRR that was lost by churn; contraction is not counted."))
variant("grr", "cancellations_only", numerator="opening_mrr - churn",
        definition=_("The share of the opening MRR whose customers stayed; contraction is not counted."))
variant("ltv", "chartmogul", method="lifetime_of_mean", over=("left", "was_customer"), remark=None, source="ChartMogul",
        definition=_("Average MRR per customer divided by the mean customer churn rate of the six months before the "
                     "current one, without margin."))
variant("ltv", "month_churn", method="lifetime_of_month", over=("left", "was_customer"), remark=None,
        definition=_("Average MRR per customer divided by the customer churn rate of the period's last month, without "
                     "margin."))
variant("upsell_rate", "share_of_customers", numerator="has_upsell", denominator="was_customer", bounds=(0, 1),
        definition=_("The share of customers at the opening that bought more of a product they had."))
variant("cross_sell_rate", "share_of_customers", numerator="has_cross_sell", denominator="was_customer", bounds=(0, 1),
        definition=_("The share of customers at the opening that bought a product they did not have."))
variant("quick_ratio", "without_reactivation", numerator="new + expansion",
        definition=_("New and expansion MRR divided by the MRR that was lost; reactivation is not counted."))
variant("csat", "top_two_of_ten", numerator="very_satisfied",
        definition=_("The share of answers of at least nine tenths of the scale, on ten points 9 and 10."))
variant("csat", "mean_score", numerator="csat_scores", unit="ratio", bounds=(0, None),
        definition=_("The mean of the scores."))


def conventions_of(kpi_id: str) -> list[Kpi]:
    """A KPI by every convention that has something to say of it, the default first."""
    return [KPIS[kpi_id], *(kpi for (name, _convention), kpi in VARIANTS.items() if name == kpi_id)]
