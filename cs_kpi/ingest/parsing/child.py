"""The process in which files are parsed: `python -m cs_kpi.ingest.parsing.child`, started by guard.py alone.

Its standard input is a line of JSON, [name, bytes of memory], and then the file; its standard output what wire.py
packs, or a stream of Arrow for text. Whatever happens to it, the parent lives on.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator

from cs_kpi.errors import DataError
from cs_kpi.ingest.parsing.kinds import is_container
from cs_kpi.ingest.parsing.wire import packed
from cs_kpi.ingest.parsing.workbooks import grids

OUT_OF_MEMORY = 77
"""The exit code that says so."""


def confine(memory: int) -> None:
    """No more than so many bytes, and no picture of the memory on the disk, where the system can promise that."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def answer(made: Callable[[str, bytes], bytes | Iterator[memoryview]]) -> None:
    """Write to standard output what is made of the file on standard input, all of it or part by part, or the sentence
    that says why it is not.

    The process ends with it, whatever else a thread of it is doing.
    """
    name, memory = json.loads(sys.stdin.buffer.readline())
    confine(memory)
    try:
        sys.stdout.buffer.writelines(_reply(made, name, sys.stdin.buffer.read()))
        sys.stdout.buffer.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    os._exit(0)


def _reply(made: Callable[[str, bytes], bytes | Iterator[memoryview]], name: str, data: bytes
           ) -> Iterable[bytes | memoryview]:
    try:
        reply = made(name, data)
    except DataError as error:
        reply = packed(error.message)
    return [reply] if isinstance(reply, bytes) else reply


def _cells(name: str, data: bytes) -> bytes | Iterator[memoryview]:
    gc.disable()
    return packed(grids(name, data)) if is_container(data) else _text(name, data)


def _text(name: str, data: bytes) -> Iterator[memoryview]:
    from cs_kpi.ingest.parsing import arrow
    from cs_kpi.ingest.parsing.encodings import in_utf8
    from cs_kpi.ingest.parsing.even_text import delimited, even_table

    plain, delimiter = delimited(in_utf8(name, data), name)
    even = even_table(name, plain, delimiter)
    if even is not None:
        return arrow.streamed(even, delimiter)
    from cs_kpi.ingest.parsing import text_files  # with pandas, for which nothing else should wait

    return text_files.streamed(*text_files.uneven_cells(name, plain, delimiter))


if __name__ == "__main__":
    answer(_cells)
