"""Small files as customer success teams keep them, each with what must be read from it.

A case is a function declared with `@case`; it writes a file (or several) with seeded contents and says what has to come
out. Expectations follow the handbook, never what the import does. `CASES` has them all; `held_out.py`, where it is
there, holds those that were written after the matcher was finished, `held_out_later.py` those of a second examiner,
`held_out_trades_*.py` those written after the fallback by content, `held_out_stranger_*.py`, `held_out_last.py` and
`held_out_after_all.py` those of a stranger, before and after mending for each, `held_out_templates_*.py` those whose
headers were published by others, the later ones after mending for the first.
"""

from importlib import import_module
from importlib.util import find_spec

from tests.ingest.corpus.cases import CASES, Case

PARTS = ("shapes", "headers", "layouts", "dates", "amounts", "identities", "texts", "joins", "exports_en", "exports_ja",
         "ledgers", "ledgers_open", "held_out", "held_out_later", "held_out_trades_ja", "held_out_trades_en",
         "held_out_stranger_ja", "held_out_stranger_en", "held_out_last",
         "held_out_after_all", "held_out_templates_ja", "held_out_templates_en",
         "held_out_templates_later", "practice_ja", "practice_en", "practice_exports", "practice_books",
         "practice_books_more", "practice_layouts", "practice_layouts_more",
         "practice_kept_ja", "practice_kept_en", "practice_kept_exports", "practice_kept_books", "practice_kept_layouts",
         "practice_last_ja", "practice_last_en")

for part in PARTS:
    if find_spec(f"tests.ingest.corpus.{part}"):
        import_module(f"tests.ingest.corpus.{part}")

__all__ = ["CASES", "Case"]
