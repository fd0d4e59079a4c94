"""English sentences with a 1 in them: "1 customer was", where the sentence is written for many."""

from __future__ import annotations

import re
from collections.abc import Mapping
from numbers import Number

NOUNS = {name: name.removesuffix("s") for name in (
    "customers", "customer-months", "answers", "terms", "rows", "months", "periods", "days", "uses", "features",
    "comparisons", "files", "sheets", "contracts", "users", "seats", "columns", "weeks", "steps", "milestones",
    "questions", "notes")}
VERBS = {"were": "was", "have": "has", "are": "is", "end": "ends", "move": "moves", "change": "changes",
         "belong": "belongs", "name": "names", "hold": "holds", "run": "runs", "stand": "stands", "do": "does"}
COUNTED = re.compile(r"\{(?P<name>\w+)\} (?P<between>(?:more |complete |other |older |newer )?)"
                     rf"(?P<noun>{'|'.join(sorted(NOUNS, key=len, reverse=True))})\b"
                     rf"(?P<of>(?: of this \w+)?)(?: (?P<verb>{'|'.join(VERBS)})\b)?")


def singular(template: str, values: Mapping[str, object]) -> str:
    """The sentence with the noun behind each number that is 1, and its verb, in the singular.

    >>> singular("{n} customers were there, {k} rows are left", {"n": 1, "k": 2})
    '{n} customer was there, {k} rows are left'
    """
    return COUNTED.sub(lambda found: _agreeing(found, values), template)


def _agreeing(found: re.Match[str], values: Mapping[str, object]) -> str:
    number = values.get(found["name"])
    if isinstance(number, bool) or not isinstance(number, Number) or number != 1:
        return found[0]
    verb = f" {VERBS[found['verb']]}" if found["verb"] else ""
    return f"{{{found['name']}}} {found['between']}{NOUNS[found['noun']]}{found['of']}{verb}"
