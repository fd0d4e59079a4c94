"""The README shows real input and real output."""

import re
import shlex
from pathlib import Path

import pytest

from cs_kpi.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
SESSIONS = re.findall(r"```console\n\$ python -m cs_kpi (.*?)\n(.*?)```", README, re.DOTALL)


def test_the_readme_has_examples() -> None:
    assert {command.split()[0] for command, _output in SESSIONS} == {"compute", "customers"}


@pytest.mark.parametrize("guide", sorted(path.name for path in (ROOT / "docs").glob("*.md")))
def test_every_guide_is_named_and_has_its_other_language(guide: str) -> None:
    assert f"`docs/{guide}`" in README
    if guide != "decisions.md":  # for who works on the code
        other = guide.removesuffix(".ja.md") + ".md" if guide.endswith(".ja.md") else guide.replace(".md", ".ja.md")
        assert (ROOT / "docs" / other).is_file()


@pytest.mark.parametrize(("command", "output"), SESSIONS, ids=[command[:60] for command, _output in SESSIONS])
def test_an_example_prints_what_the_readme_says(command: str, output: str, capsys: pytest.CaptureFixture,
                                                monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert main(shlex.split(command)) == 0
    assert shortened(capsys.readouterr().out) == shortened(output)


def shortened(text: str) -> str:
    """Without the last digits of long fractions, in which processors differ."""
    return re.sub(r"(\.\d{10})\d+", r"\1", text)
