"""Rules for English headers of money: how much, for which period or unit, how often, in what and how much less."""

from __future__ import annotations

from cs_kpi.ingest.naming.slots import BARELY, SURELY, rule

FEE = "fee fees price charge charges dues retainer rate rent amount"
PAID = ("value cost spend payment bill billing billings invoice income total net commitment commit chg recurring"
        " subscription")
BESIDE = ("per a the of service services license licenses recurring base plan net total contract membership current"
          " platform hosting support saas saa s software fixed flat account customer client committed contracted"
          " active live maintenance subscription list standard std agreed regular normal gross")
TODAY = ("amount total net current contracted billing currency cents in value subscription account customer client"
         " live active committed today now ending booked per")
UNIT = "unit seat user license each"
YEAR = "annual annually yearly annualized annualised"
KIND = "contract deal order booking subscription license plan membership recurring"
BILL = "billing bill billed invoice invoiced line charge"
RULES = (
    rule("subscriptions.mrr", "monthly pcm", FEE, may=BESIDE, weight=SURELY),
    rule("subscriptions.mrr", "monthly pcm", PAID, may=BESIDE),
    rule("subscriptions.mrr", "per", "month", f"{FEE} {PAID} revenue", may=BESIDE),
    rule("subscriptions.mrr", "monthly", "revenue", may="recurring total net"),
    rule("subscriptions.mrr", "mrr cmrr", may=TODAY, weight=SURELY),
    rule("subscriptions.mrr", "mrr", "incremental new added", may="net", weight=BARELY),
    rule("subscriptions.mrr", "mrc", may="total current"),
    rule("subscriptions.mrr", "per", "month", weight=BARELY),
    rule("subscriptions.mrr", "pcm", weight=BARELY),
    rule("subscriptions.mrr", "monthly month", UNIT, f"{FEE} cost mrr", may="per", weight=SURELY),
    rule("subscriptions.mrr", "mrr", UNIT, may="per", weight=SURELY),
    rule("subscriptions.mrr", "month", "user seat license", may="per"),
    rule("subscriptions.amount", "arr acv carr", may=TODAY, weight=SURELY),
    rule("subscriptions.amount", "arr acv", "incremental new added expansion upsell", may="net", weight=BARELY),
    rule("subscriptions.amount", YEAR, FEE, may=f"{BESIDE} deal", weight=SURELY),
    rule("subscriptions.amount", YEAR, f"{PAID} contract", may=f"{BESIDE} deal"),
    rule("subscriptions.amount", "recurring", "revenue", YEAR, may="total net", weight=SURELY),
    rule("subscriptions.amount", "annualized annualised", "revenue", may="recurring contract total"),
    rule("subscriptions.amount", "per", "year annum", f"{FEE} {PAID}", may=BESIDE, weight=SURELY),
    rule("subscriptions.amount", "per", "year annum", weight=BARELY),
    rule("subscriptions.amount", "per", "quarter week", f"{FEE} cost", may=BESIDE),
    rule("subscriptions.amount", "quarterly weekly", f"{FEE} cost", may=BESIDE),
    rule("subscriptions.amount", "semi half biannual semiannual", FEE, may=f"{BESIDE} {YEAR} year"),
    rule("subscriptions.amount", "annual yearly", weight=BARELY),
    rule("subscriptions.amount", UNIT, f"{FEE} cost", f"{YEAR} year annum", may="per"),
    rule("subscriptions.amount", UNIT, f"{FEE} cost", may="per list net sales"),
    rule("subscriptions.amount", KIND, f"{FEE} value total sum cost", may="total net software service services of"),
    rule("subscriptions.amount", "deal", "size", weight=BARELY),
    rule("subscriptions.amount", "total", "value price fee fees charge charges amount",
         may="deal contract net grand"),
    rule("subscriptions.amount", BILL, "amount total value", may="net total", weight=BARELY),
    rule("subscriptions.amount", "service support hosting software maintenance", "fee fees charge price",
         weight=BARELY),
    rule("subscriptions.amount", "net gross sales selling sell extended ext recurring",
         "price amount total value fee", weight=BARELY),
    rule("subscriptions.amount", "price fee", "paid amount", weight=BARELY),
    rule("subscriptions.amount", "recurring charge bookings", weight=BARELY),
    rule("subscriptions.billing_interval", "billing bill billed payment pay invoice invoicing invoiced charge price"
         " fee collection", "interval frequency cycle cadence schedule period every term", weight=SURELY),
    rule("subscriptions.billing_interval", "subscription plan renewal", "interval frequency"),
    rule("subscriptions.billing_interval", "monthly", "annual yearly", may="or"),
    rule("subscriptions.billing_interval", "billing", "mode"),
    rule("subscriptions.billing_interval", "payment", "plan"),
    rule("subscriptions.billing_interval", "term", "type", weight=BARELY),
    rule("subscriptions.billing_interval", "billing billed invoicing invoiced paid pays recurrence frequency",
         weight=BARELY),
    rule("subscriptions.discount", "discount rebate", may="percent percentage pct % rate applied given amount current"
         " contract customer client subscription plan price line negotiated agreed volume partner annual loyalty"),
    rule("subscriptions.discount", "off", "% pct percent"),
    rule("subscriptions.discount", "reduction", "% pct percent price"),
    rule("subscriptions.currency", "currency", may="code iso billing contract invoice deal subscription payment price"
         " plan local charge order account customer transaction", weight=SURELY),
)
