"""For every test: a workspace of its own, and the command line; a word at the end where browser tests could not run."""

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from cs_kpi.cli import main
from tests.browser.chromium import HOW_TO, NO_CHROMIUM

settings.register_profile("house", deadline=None)
"""No test is held to a time: on a busy machine Hypothesis's 200 ms an example would fail tests that are right."""
settings.load_profile("house")


@pytest.fixture(scope="session")
def _workspaces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("workspaces")


@pytest.fixture(autouse=True)
def workspace_url(_workspaces: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A new, empty workspace; no test ever touches the user's own."""
    url = f"sqlite:///{_workspaces}/{uuid.uuid4().hex}.sqlite"
    monkeypatch.setenv("CS_KPI_DATABASE_URL", url)
    return url


@pytest.fixture
def run(capsys: pytest.CaptureFixture) -> Callable[..., tuple[int, str, str]]:
    """Run a command; its exit code, output and error output."""

    def run(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return run


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if NO_CHROMIUM in str(report.longrepr)]
    if skipped:
        terminalreporter.write_sep("=", "browser tests", yellow=True)
        terminalreporter.write_line(f"{len(skipped)} browser tests were skipped: {NO_CHROMIUM}. {HOW_TO}")
