"""Cases that are not read as wanted yet, and what is wrong first of all. The goal is an empty list."""

NOT_YET: dict[str, str] = {}
