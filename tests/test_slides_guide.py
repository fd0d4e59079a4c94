"""The guide to slides shows commands that work as they are written, under cron and on Windows too."""

from __future__ import annotations

import datetime as dt
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from pptx import Presentation

from cs_kpi.cli import main
from cs_kpi.deck.presets import deck_of
from cs_kpi.settings import Settings
from tests.export import templates

ROOT = Path(__file__).parents[1]
GUIDES = {language: (ROOT / "docs" / name).read_text("utf-8")
          for language, name in (("en", "slides.md"), ("ja", "slides.ja.md"))}
EXAMPLES = [command for guide in GUIDES.values() for command in re.findall(r"^\$ python -m cs_kpi (.*)$", guide, re.M)]
CRON = {language: re.findall(r"^\d.*\* .*cs_kpi deck.*$", guide, re.M) for language, guide in GUIDES.items()}
BATCH = {language: re.findall(r"```bat\n(cd .*?)```", guide, re.S) for language, guide in GUIDES.items()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What the guide's commands read: contracts, use, a saved deck, settings and a template."""
    rows = [(f"C{n:04}", 100 * n, dt.date(2024, n, 1), dt.date(2024, 11, 20) if n == 2 else None) for n in range(1, 7)]
    contracts = pd.DataFrame(rows, columns=["Customer ID", "MRR", "Start date", "End date"])
    used = pd.DataFrame([(f"C{n:04}", dt.date(2024, month, 5), 10) for n in range(1, 7) for month in range(7, 13)],
                        columns=["Customer ID", "Date", "Usage count"])
    for name in ("contracts.xlsx", "契約.xlsx"):
        contracts.to_excel(tmp_path / name, index=False)
    for name in ("usage.csv", "利用.csv"):
        used.to_csv(tmp_path / name, index=False)
    (tmp_path / "monthly.json").write_text(deck_of("monthly").with_items(["kpis", "bridge"]).model_dump_json(), "utf-8")
    (tmp_path / "settings.json").write_text(Settings(as_of=dt.date(2024, 12, 31)).model_dump_json(), "utf-8")
    (tmp_path / "company.potx").write_bytes(templates.japanese())
    return tmp_path


def test_the_guides_show_the_same_commands() -> None:
    assert [len(found) for found in (CRON["en"], CRON["ja"], BATCH["en"], BATCH["ja"])] == [1, 1, 1, 1]
    assert len(EXAMPLES) == 8
    assert CRON["en"] == [line.replace(" --language ja", "") for line in CRON["ja"]]


@pytest.mark.parametrize("command", EXAMPLES)
def test_an_example_writes_its_slides(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    words = shlex.split(command)
    assert main(words) == 0
    assert len(Presentation(words[words.index("--out") + 1]).slides) > 1


@pytest.mark.skipif(os.name == "nt", reason="cron is not on Windows")
def test_the_line_for_cron_runs_in_its_bare_shell(folder: Path) -> None:
    """As cron does it: /bin/sh, next to no environment, and % written \\%."""
    [line] = CRON["ja"]
    minute, hour, day, month, weekday, command = line.split(maxsplit=5)
    assert (minute, hour, day, month, weekday) == ("0", "7", "1", "*", "*")
    assert re.search(r"(?<!\\)%", command) is None
    (folder / "契約.xlsx").unlink()
    placed = command.replace("\\%", "%").replace("/opt/cs-kpi", str(ROOT)).replace(".venv/bin/python", sys.executable)
    for of_guide in ("/data/export", "/data/reports", "/data"):
        placed = placed.replace(f"{of_guide}/", f"{folder}/")
    bare = {"PATH": "/usr/bin:/bin", "HOME": str(folder)}
    subprocess.run(["/bin/sh", "-c", placed], env=bare, check=True, timeout=120)
    [written] = folder.glob("cs-*.pptx")
    assert re.fullmatch(r"cs-\d{4}-\d{2}\.pptx", written.name)
    assert len(Presentation(str(written)).slides) > 5
    assert "Traceback" not in (folder / "deck.log").read_text("utf-8")


@pytest.mark.parametrize("language", BATCH)
def test_the_script_for_windows_writes_its_slides(language: str, folder: Path) -> None:
    [script] = BATCH[language]
    enters, line = script.strip().splitlines()
    assert enters == r"cd /d C:\cs-kpi"
    program, _m, module, *words = line.partition(" 2>> ")[0].split()
    assert (program, module) == (r".venv\Scripts\python", "cs_kpi")
    placed = [re.sub(r"C:\\(?:data|reports)\\(.+)", lambda found: str(folder / found[1]), word) for word in words]
    assert main(placed) == 0
    assert len(Presentation(placed[placed.index("--out") + 1]).slides) > 5
    assert r"schtasks /Create /TN" in GUIDES[language]
    assert r"/TR C:\cs-kpi\report.cmd /SC MONTHLY /D 1 /ST 07:00" in GUIDES[language]
