"""The process that only looks into a container: `python -m cs_kpi.ingest.parsing.container_child`, started by guard.py.

As child.py: a line of JSON and the file come in; no sheets go out, or the sentence that says why it is not opened.
"""

from __future__ import annotations

from cs_kpi.ingest.parsing.child import answer
from cs_kpi.ingest.parsing.containers import check
from cs_kpi.ingest.parsing.kinds import kind_of
from cs_kpi.ingest.parsing.wire import packed


def _refused(name: str, data: bytes) -> bytes:
    if kind_of(data) in ("xlsx", "xlsb", "ods"):
        check(name, data)
    return packed([])


if __name__ == "__main__":
    answer(_refused)
