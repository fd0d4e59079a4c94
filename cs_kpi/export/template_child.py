"""The process in which templates are opened first: `python -m cs_kpi.export.template_child`, started by guard.py.

As ingest/parsing/child.py: a line of JSON and the file come in; the cleaned template goes out, or the sentence that
says why there is none.
"""

from __future__ import annotations

from cs_kpi.export.template_check import cleaned
from cs_kpi.ingest.parsing.child import answer

if __name__ == "__main__":
    answer(cleaned)
