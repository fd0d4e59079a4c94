from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_kpi.workspace import Workspace


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "saved" / "workspace.sqlite"


@pytest.fixture
def url(path: Path) -> str:
    return f"sqlite:///{path}"


@pytest.fixture
def work(url: str) -> Iterator[Workspace]:
    workspace = Workspace(url)
    yield workspace
    workspace.close()
