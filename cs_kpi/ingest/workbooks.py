"""Workbooks, read by calamine after a look at what the container declares."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pandas as pd
import python_calamine

from cs_kpi.ingest.containers import check
from cs_kpi.ingest.reasons import unreadable
from cs_kpi.ingest.records import Sheet


def sheets(name: str, data: bytes, kind: str) -> list[Sheet]:
    """The worksheets of a workbook in their order; chart and macro sheets have no cells and are left out."""
    if kind != "xls":
        check(name, data)
    try:
        return _sheets(name, data)
    except python_calamine.PasswordError as error:
        raise unreadable("encrypted", name) from error
    except (python_calamine.CalamineError, OSError, ValueError, MemoryError) as error:
        raise unreadable("damaged", name) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise unreadable("damaged", name) from error


def _sheets(name: str, data: bytes) -> list[Sheet]:
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [Sheet(name, meta.name, _cells(workbook.get_sheet_by_name(meta.name)),
                  meta.visible != python_calamine.SheetVisibleEnum.Visible)
            for meta in workbook.sheets_metadata if meta.typ == python_calamine.SheetTypeEnum.WorkSheet]


def _cells(sheet: Any) -> pd.DataFrame:
    """The cells from A1 on, None where empty, without empty rows and columns behind the last filled one."""
    if sheet.end is None:
        return pd.DataFrame(dtype=object)
    frame = pd.DataFrame(sheet.to_python(skip_empty_area=False), dtype=object)
    columns = {}
    for place in frame:
        values = frame[place].to_numpy(copy=True)
        values[values == ""] = None
        columns[place] = values
    filled = np.column_stack([pd.notna(values) for values in columns.values()])
    height, width = (1 + int(np.flatnonzero(filled.any(axis=axis)).max(initial=-1)) for axis in (1, 0))
    return pd.DataFrame({place: columns[place][:height] for place in range(width)}, dtype=object)
