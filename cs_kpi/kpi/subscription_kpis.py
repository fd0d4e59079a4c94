"""The KPIs of contracts, from MRR to the expansion customer rate (handbook 3 and 4)."""

from __future__ import annotations

from cs_kpi.kpi.registry import kpi
from cs_kpi.locale import _

kpi("mrr", "revenue", label=_("MRR"), unit="money", better="up", numerator="closing_mrr",
    definition=_("The monthly recurring revenue of all contracts that are active at the closing of the period."))
kpi("arr", "revenue", label=_("ARR"), unit="money", better="up", numerator="12 * closing_mrr",
    definition=_("Twelve times the MRR at the closing of the period."))
kpi("customers", "customers", label=_("Customer count"), unit="count", better="up", numerator="is_customer",
    definition=_("Customers whose MRR is above zero at the closing of the period. Trials and free plans do not count."))
kpi("new_customers", "customers", label=_("New customers"), unit="count", better="up", numerator="is_new",
    definition=_("Customers at the closing that had never been active up to the opening."))
kpi("reactivated_customers", "customers", label=_("Reactivated customers"), unit="count", better="up",
    numerator="is_reactivated",
    definition=_("Customers at the closing that were not there at the opening, but had been before."))
kpi("churned_customers", "customers", label=_("Churned customers"), unit="count", better="down", numerator="left",
    definition=_("Customers at the opening that are no longer there at the closing."))
kpi("continuing_customers", "customers", label=_("Continuing customers"), unit="count", better="up", numerator="stayed",
    definition=_("Customers that are there both at the opening and at the closing."))
kpi("new_mrr", "growth", label=_("New MRR"), unit="money", better="up", numerator="new",
    definition=_("The closing MRR of new customers."))
kpi("reactivation_mrr", "growth", label=_("Reactivation MRR"), unit="money", better="up", numerator="reactivation",
    definition=_("The closing MRR of customers that came back."))
kpi("expansion_mrr", "growth", label=_("Expansion MRR"), unit="money", better="up", numerator="expansion",
    definition=_("What customers at the opening pay more at the closing."))
kpi("contraction_mrr", "retention", label=_("Contraction MRR"), unit="money", better="down", numerator="contraction",
    definition=_("What customers pay less at the closing than at the opening, without those that left."))
kpi("churn_mrr", "retention", label=_("Churn MRR"), unit="money", better="down", numerator="churn",
    definition=_("The opening MRR of customers that left."))
kpi("upsell_mrr", "growth", label=_("Upsell MRR"), unit="money", better="up", numerator="upsell",
    definition=_("The part of the expansion that comes from products which the customer already had."))
kpi("cross_sell_mrr", "growth", label=_("Cross-sell MRR"), unit="money", better="up", numerator="cross_sell",
    definition=_("The part of the expansion that comes from products which the customer did not have."))
kpi("arpa", "revenue", label=_("ARPA"), unit="money", better="up", numerator="closing_mrr", denominator="is_customer",
    definition=_("Average MRR per customer at the closing of the period."),
    source="ChartMogul")
kpi("net_new_mrr", "revenue", label=_("Net new MRR"), unit="money", better="up", bounds=(None, None),
    numerator="new + reactivation + expansion - contraction - churn",
    definition=_("By how much the MRR grew from opening to closing: new, reactivation and expansion less contraction "
                 "and churn."))
kpi("customer_churn_rate", "retention", label=_("Customer churn rate"), unit="share", better="down", bounds=(0, 1),
    numerator="left", denominator="was_customer",
    definition=_("The share of customers at the opening that are no longer there at the closing."),
    source="ChartMogul")
kpi("gross_revenue_churn_rate", "retention", label=_("Gross revenue churn rate"), unit="share", better="down",
    bounds=(0, 1),
    numerator="churn + contraction", denominator="opening_mrr",
    definition=_("The share of the opening MRR that was lost by churn and contraction."),
    source="ChartMogul")
kpi("net_revenue_churn_rate", "retention", label=_("Net revenue churn rate"), unit="share", better="down",
    bounds=(None, 1),
    numerator="churn + contraction - expansion", denominator="opening_mrr",
    definition=_("The share of the opening MRR that was lost by churn and contraction, less the expansion. "
                 "Reactivation is not counted."),
    source="ChartMogul")
kpi("grr", "retention", label=_("GRR"), unit="share", better="up", bounds=(0, 1),
    numerator="opening_mrr - churn - contraction", denominator="opening_mrr",
    definition=_("Gross revenue retention: the share of the opening MRR that was kept, expansion not counted."))
kpi("nrr", "retention", label=_("NRR"), unit="share", better="up", headline="ttm",
    numerator="opening_mrr + expansion - contraction - churn", denominator="opening_mrr",
    definition=_("Net revenue retention: what the customers at the opening pay at the closing, as a share of what they "
                 "paid at the opening. New customers and reactivation are not counted."))
kpi("quick_ratio", "revenue", label=_("Quick ratio"), unit="ratio", better="up",
    numerator="new + reactivation + expansion", denominator="contraction + churn",
    definition=_("How many times the MRR that was won exceeds the MRR that was lost."))
kpi("upsell_rate", "growth", label=_("Upsell rate"), unit="share", better="up",
    numerator="upsell", denominator="opening_mrr",
    definition=_("Upsell MRR as a share of the opening MRR."))
kpi("cross_sell_rate", "growth", label=_("Cross-sell rate"), unit="share", better="up",
    numerator="cross_sell", denominator="opening_mrr",
    definition=_("Cross-sell MRR as a share of the opening MRR."))
kpi("expansion_customer_rate", "growth", label=_("Expansion customer rate"), unit="share", better="up", bounds=(0, 1),
    numerator="is_expanded", denominator="was_customer",
    definition=_("The share of customers at the opening that pay more at the closing."))
