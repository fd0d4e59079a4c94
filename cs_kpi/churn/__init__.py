"""Who may leave next, how sure that is, and why (handbook 6)."""
