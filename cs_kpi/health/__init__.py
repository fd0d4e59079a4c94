"""How healthy every customer is, what its score is made of, and whether scores foresaw who left (handbook 6)."""
