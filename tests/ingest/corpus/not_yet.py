"""Cases that are not read as wanted yet, and what is wrong first of all. The goal is an empty list."""

NOT_YET: dict[str, str] = {
    "renewals_uk": "Renewal due is no end of a term, and TCV goes before ACV",
    "lost_logos_us": "Logo names no customer", "kickoffs_by_step": "Target go-live is taken for the day it was reached",
    "warehouse_usage": "active_min are no minutes", "won_expansions": "Co-term date ends no term",
    "msp_clients_uk": "Support plan is no plan", "qbr_log": "Format is no kind of interaction",
    "academy_members": "Onboarding done completes no onboarding"}
