"""The process in which templates are opened first: `python -m cs_kpi.export.template_child`, started by guard.py.

As ingest/child.py: a line of JSON and the file come in; the cleaned template goes out, or the sentence that says why
there is none.
"""

from __future__ import annotations

import json
import os
import sys

from cs_kpi.errors import DataError
from cs_kpi.export.template_check import cleaned
from cs_kpi.ingest.child import OUT_OF_MEMORY, confine
from cs_kpi.ingest.wire import packed


def main() -> None:
    name, memory = json.loads(sys.stdin.buffer.readline())
    confine(memory)
    try:
        sys.stdout.buffer.write(_reply(name, sys.stdin.buffer.read()))
        sys.stdout.buffer.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _reply(name: str, data: bytes) -> bytes:
    try:
        return cleaned(name, data)
    except DataError as error:
        return packed(error.message)


if __name__ == "__main__":
    main()
