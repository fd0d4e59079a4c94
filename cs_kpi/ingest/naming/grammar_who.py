"""Rules for English headers of customers: who looks after them, whose part they are, how, and since when."""

from __future__ import annotations

from cs_kpi.ingest.naming.slots import SURELY, rule

DAYS = "date day on at"
OURS = "name names our assigned primary main lead current named responsible full first internal dedicated"
WHO = "account accounts client clients customer customers success cs csm relationship portfolio key"
COMPANY = ("account company organization customer client entity group business brand corporate id name code no number"
           " key")
RULES = (
    rule("customers.owner", "csm csms", may=f"{OURS} owner email am cs to", weight=SURELY),
    rule("customers.owner", "manager owner rep representative executive handler director", WHO,
         may=f"{OURS} senior technical team services service", weight=SURELY),
    rule("customers.owner", "lead", "account client customer success cs", may=OURS, weight=SURELY),
    rule("customers.owner", "owned managed", "by", may="account customer"),
    rule("customers.owner", "looked", "after", "by"),
    rule("customers.owner", "am rm kam tam", may=f"{OURS} csm owner"),
    rule("customers.owner", "owner manager", "internal our name email", may="owner full"),
    rule("customers.owner", "contact member", "cs success", may="team our name"),
    rule("customers.parent_id", "parent", COMPANY, may="top ultimate global", weight=SURELY),
    rule("customers.parent_id", "holding ultimate umbrella master", f"{COMPANY} parent global domestic",
         may="the top"),
    rule("customers.parent_id", "group", "company corporate parent", may="name id"),
    rule("customers.parent_id", "parent", may="top corporate ultimate global"),
    rule("customers.touch_model", "touch", "model level type tier strategy category segment coverage cs customer csm",
         may="engagement", weight=SURELY),
    rule("customers.touch_model", "coverage engagement", "model type tier cs csm success", may="customer"),
    rule("customers.touch_model", "cs success csm service care delivery", "model motion tier coverage segment",
         may="engagement customer"),
    rule("customers.touch_model", "coverage motion"),
    rule("customers.started_on", "since", may="customer client member account subscriber tenant us with a",
         weight=SURELY),
    rule("customers.started_on", "signup", may=f"{DAYS} customer account", weight=SURELY),
    rule("customers.started_on", "sign signed", "up", may=f"{DAYS} customer account", weight=SURELY),
    rule("customers.started_on", "registered registration join joined", may=f"{DAYS} customer account",
         weight=SURELY),
    rule("customers.started_on", "first original initial", "contract subscription order purchase sign signed paid"
         " start close agreement", may=f"{DAYS} start started signed of", weight=SURELY),
    rule("customers.started_on", "became", "customer client member", may=f"{DAYS} a", weight=SURELY),
    rule("customers.started_on", "acquired acquisition won", "date on day", may="closed customer"),
    rule("customers.started_on", "customer client relationship account tenant organization workspace",
         "start started creation joined onboarded", may=DAYS),
    rule("customers.started_on", "customer client account organization workspace tenant", "created", DAYS),
)
