"""The flow goes one way: what imports what, read from the sources and from a fresh interpreter."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "cs_kpi").rglob("*.py"))
PAGES = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py"))]
FLOW: list[set[str]] = [
    {"locale", "errors"},
    {"fields", "header_words", "tables", "settings", "periods", "meanings", "criterion", "churn_rules", "health_rules",
     "growth_rules", "exit_reasons", "pulse_notes", "shares", "order"},
    {"ingest", "samples"},
    {"identity"},
    {"ledger", "days", "snapshot", "rows", "data_dates", "money", "book", "binding", "who_is_who"},
    {"measures"},
    {"churn"},
    {"health"},
    {"kpi"},
    {"quality"},
    {"retention", "onboarding", "engagement", "voice", "growth", "standing", "actions",
     "customer"},
    {"targets"},
    {"charts"},
    {"deck"},
    {"export"},
    {"workspace"},
    {"cli", "cli_input", "cli_output", "cli_map", "cli_risk", "cli_health", "cli_plan", "cli_scenario", "cli_deck",
     "cli_report", "cli_readings", "console", "__main__", "__init__"},
]
"""Rooms from left to right; a room knows only what stands left of it, and its neighbours in the same set."""
KNOWN_TO_NONE = {"workspace"}
"""Saved work is for pages; no other room reads it."""
EXCEPTIONS = {("locale", "settings"), ("errors", "locale")}
"""formats.py needs the money units of the settings, which import nothing of ours."""


def room(module: str) -> str:
    """The room of a dotted name below cs_kpi."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            yield from ([f"{node.module}.{alias.name}" for alias in node.names] if node.module in ("cs_kpi", "pages")
                        else [str(node.module)])


def room_of(file: Path) -> str:
    return file.relative_to(ROOT / "cs_kpi").parts[0].removesuffix(".py")


def step(name: str) -> int:
    return next(place for place, rooms in enumerate(FLOW) if name in rooms)


def test_every_room_has_its_place_in_the_flow() -> None:
    rooms = {room_of(file) for file in MODULES}
    assert rooms - set().union(*FLOW) == set()


def test_left_knows_nothing_of_right() -> None:
    wrong = [f"{file.relative_to(ROOT)} imports {name}" for file in MODULES for name in imports(file)
             if name.startswith("cs_kpi.") and step(room(name)) > step(room_of(file))
             and (room_of(file), room(name)) not in EXCEPTIONS]
    assert wrong == []


def test_no_room_reads_saved_work() -> None:
    wrong = [f"{file.relative_to(ROOT)} imports {name}" for file in MODULES for name in imports(file)
             if name.startswith("cs_kpi.") and room(name) in KNOWN_TO_NONE and room_of(file) != room(name)]
    assert wrong == []


@pytest.mark.parametrize("file", PAGES, ids=lambda file: str(file.relative_to(ROOT)))
def test_pages_hold_widgets_and_calls_only(file: Path) -> None:
    """Beside the standard library a page imports streamlit, cs_kpi and the code that pages share."""
    allowed = {"streamlit", "cs_kpi", *sys.stdlib_module_names}
    wrong = [name for name in imports(file) if name.split(".")[0] not in allowed and not name.startswith("pages._ui")]
    assert wrong == []


def loaded_by(statement: str) -> set[str]:
    """Top-level modules in a fresh interpreter after `statement`."""
    code = f"import sys\n{statement}\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_core_never_loads_streamlit() -> None:
    """Every module of the core, in a fresh interpreter: exactly the same works in a notebook."""
    names = [".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for file in MODULES
             if file.name != "__main__.py"]
    assert "streamlit" not in loaded_by("import " + ", ".join(names))


def test_the_command_line_starts_without_what_it_does_not_need() -> None:
    loaded = loaded_by("import cs_kpi.cli")
    assert loaded & {"sklearn", "altair", "pptx", "vl_convert", "sqlalchemy", "openpyxl", "streamlit"} == set()


def test_the_child_that_parses_starts_without_what_takes_long_to_load() -> None:
    loaded = loaded_by("import cs_kpi.ingest.parsing.child")
    assert loaded & {"streamlit", "pandas", "numpy", "pyarrow", "pydantic", "openpyxl", "psutil", "babel"} == set()
