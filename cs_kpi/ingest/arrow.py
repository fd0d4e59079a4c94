"""Large tables of text between processes: a stream of Arrow, which costs little more than copying the bytes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from cs_kpi.ingest.records import Fields

DELIMITER, COUNTS = b"delimiter", b"fields"


def streamed(cells: pd.DataFrame, fields: Fields) -> bytes:
    """A frame of texts as bytes, with how many fields its lines had."""
    table = pa.Table.from_pandas(cells.set_axis(map(str, cells), axis=1), preserve_index=False)
    counts = b"" if fields.counts is None else fields.counts.tobytes()
    table = table.replace_schema_metadata({DELIMITER: fields.delimiter, COUNTS: counts})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return sink.getvalue().to_pybytes()


def table(stream: bytes) -> tuple[pd.DataFrame, Fields]:
    """Both again; raises pyarrow.ArrowInvalid (a ValueError) or OSError for other bytes.

    >>> read, _fields = table(streamed(pd.DataFrame([["a", "b"], [None, "c"]], dtype="str"), Fields(",")))
    >>> read.fillna("-").to_numpy().tolist()
    [['a', 'b'], ['-', 'c']]
    """
    read = pa.ipc.open_stream(stream).read_all()
    read.validate(full=True)
    told = read.schema.metadata or {}
    frame = read.replace_schema_metadata(None).to_pandas()
    frame = frame.set_axis(range(frame.shape[1]), axis=1)
    counts = np.frombuffer(told.get(COUNTS, b""), dtype=np.uint16)
    return frame, Fields(told.get(DELIMITER, b",").decode(), counts if len(counts) == len(frame) else None)
