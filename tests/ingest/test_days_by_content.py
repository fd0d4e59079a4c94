"""Days that content tells: no step is an end, no finished onboarding a start, a word of several tables none."""

from tests.ingest.given import reading, sheet

HEAD = ["Account #", "Account", "Monthly fee", "Contract start", "Kickoff", "Data import", "First report sent"]
ROWS = [[f"A{at}", f"Firm {at} Ltd.", 100 * at, f"2025-0{at}-01", f"2025-0{at}-05", f"2025-0{at}-12",
         None if at > 3 else f"2025-0{at}-25"] for at in range(1, 7)]


def test_the_last_of_several_steps_is_no_end_of_a_contract():
    found = reading(sheet(HEAD, *ROWS))
    assert "end_date" not in found.tables["subscriptions"]
    assert "subscriptions.end_date" not in found.mapping.columns


def test_a_finished_onboarding_starts_no_contract():
    head = ["Client #", "Client", "Onboarding completed", "Current monthly fee"]
    found = reading(sheet(head, *([f"C{at}", f"Firm {at}", f"2024-0{at}-10", 100 * at] for at in range(1, 6))))
    assert "subscriptions" not in found.tables
    assert found.tables["customers"]["onboarding_completed_on"].notna().all()


def test_the_day_of_a_pulse_is_told_although_why_may_be_said_of_leaving_as_well():
    head = ["Week of", "Client #", "Client", "CSM Pulse (1-5)", "By", "Why"]
    found = reading(sheet(head, *(["2025-06-02", f"C{at}", f"Firm {at}", at, "Jess", "slow replies"]
                                  for at in range(1, 6)), name="Pulse"))
    assert found.tables["pulse"]["date"].dt.strftime("%Y-%m-%d").unique().tolist() == ["2025-06-02"]
