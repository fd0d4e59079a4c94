"""Every file of the shared data, hostile ones too, through the command line: a clear result, or a sentence and 2."""

import pytest

from tests.ingest.given import SHARED

FILES = sorted(file for file in SHARED.rglob("*.*") if file.suffix in (".csv", ".xls", ".xlsx"))
REFUSED = {"poc-xmlbomb.xlsx": "XML definitions", "protected_passtika.xlsx": "password"}
NOTHING = "no table was recognised"
READ = {"ravenstack_subscriptions.csv": "5,000 rows read, 0 refused",
        "Telco-Customer-Churn.csv": "7,043 rows read, 0 refused",
        "2020_05_a.xlsx": NOTHING, "syukujitsu.csv": NOTHING,
        "TwoSheetsOneHidden.xlsx": NOTHING, "dde-in-csv.csv": NOTHING}


@pytest.mark.skipif(not FILES, reason=f"the shared data folder is absent: {SHARED}")
def test_the_hostile_files_are_among_them() -> None:
    assert set(REFUSED) <= {file.name for file in FILES}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
@pytest.mark.parametrize("command", ["map", "compute"])
def test_is_read_or_refused_in_whole_sentences(run, file, command) -> None:
    code, out, err = run(command, file)
    assert code in (0, 2)
    assert bool(out.strip()) == (code == 0)
    assert "Traceback" not in out + err
    if code == 2:
        assert all(line.endswith((".", ". ")) for line in err.splitlines())
    if file.name in REFUSED:
        assert code == 2
        assert REFUSED[file.name] in err
    elif command == "map":
        assert code == 0
        assert READ.get(file.name, "") in out
