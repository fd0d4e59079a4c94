"""The cases that a second examiner wrote, who had read neither the matcher nor the other cases; reported apart again."""

from importlib import import_module

for part in ("held_out_later_ja", "held_out_later_lists_ja", "held_out_later_en"):
    import_module(f"tests.ingest.corpus.{part}")
