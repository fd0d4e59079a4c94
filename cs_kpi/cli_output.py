"""Files that a command writes: whole or not at all, and never in the place of what it reads."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from cs_kpi.cli_input import unwritable
from cs_kpi.errors import DataError
from cs_kpi.locale import _

PLAIN = 0o666
"""The rights of a new file before the user's mask; a temporary one is for its owner alone."""


def free_to_write(path: Path, read: Iterable[Path | None]) -> None:
    """Raises DataError where the file is one of those that are read."""
    if any(path.exists() and one.exists() and path.samefile(one) for one in read if one is not None):
        raise DataError(_("'{file}' is one of the files that are read, and would be lost. Give --out another name.",
                          file=str(path)))


def save(path: Path, data: bytes) -> None:
    """Raises DataError where the file cannot be written."""
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, suffix=path.suffix)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.chmod(beside, PLAIN & ~_mask())
            os.replace(beside, path)
        except OSError:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise DataError(unwritable(path, error)) from error


def _mask() -> int:
    """The user's mask; there is no way to read it without setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
