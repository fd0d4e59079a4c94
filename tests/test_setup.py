"""What stands around the code: pinned requirements, the server's configuration, the commands of the README."""

import ast
import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

import pytest

from cs_kpi.charts.theme import DARK, LIGHT, SCREEN_FONT, contrast

ROOT = Path(__file__).parents[1]
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
README = (ROOT / "README.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
OUR_CODE = ("app.py", "pages", "cs_kpi")


def pins(name: str) -> dict[str, str]:
    lines = [line.split("#")[0].strip() for line in (ROOT / name).read_text().splitlines()]
    return dict(line.split("==") for line in lines if line and not line.startswith("-r"))


def imported(*places: str) -> set[str]:
    """The top-level modules that our code imports, wherever in a file."""
    found: set[str] = set()
    for place in places:
        for file in [ROOT / place] if place.endswith(".py") else sorted((ROOT / place).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    found |= {alias.name.split(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.level == 0:
                    found.add(str(node.module).split(".")[0])
    return found - set(sys.stdlib_module_names) - {"cs_kpi", "pages", "sample_data", "tests"}


def distributions(modules: set[str]) -> set[str]:
    known = importlib.metadata.packages_distributions()
    return {normal(known[module][0]) for module in modules}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_to_one_version(name: str) -> None:
    lines = [line for line in (ROOT / name).read_text().splitlines() if line and not line.startswith(("#", "-r"))]
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", line)] == []


def test_the_app_requires_what_it_imports_and_nothing_else() -> None:
    assert {normal(name) for name in pins("requirements.txt")} == distributions(imported(*OUR_CODE))


def test_the_server_listens_on_loopback_and_tells_nobody() -> None:
    assert CONFIG["server"]["address"] == "127.0.0.1"
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert not [value for value in values(CONFIG) if "http" in str(value)]


def test_every_option_is_known_to_streamlit() -> None:
    from streamlit import config

    unknown = [f"{section}.{option}" for section, option in options(CONFIG)
               if f"{section}.{option}" not in config.get_config_options()]
    assert unknown == []


@pytest.mark.parametrize(("mode", "look"), [("light", LIGHT), ("dark", DARK)])
def test_the_theme_is_readable_and_charts_stand_on_its_paper(mode: str, look) -> None:
    colours = CONFIG["theme"][mode]
    sidebar = colours["sidebar"]
    grounds = [colours["backgroundColor"], colours["secondaryBackgroundColor"], *sidebar.values()]
    for ground in grounds:
        assert contrast(colours["textColor"], ground) >= 7
        assert contrast(colours["linkColor"], ground) >= 4.5
    assert contrast(colours["primaryColor"], "#FFFFFF") >= 4.5  # white words on a button
    assert contrast(colours["primaryColor"], colours["backgroundColor"]) >= 3  # the button on the page
    assert min(contrast(colour, look.paper) for colour in colours["chartCategoricalColors"]) >= 2.9
    assert (colours["backgroundColor"], colours["textColor"]) == (look.paper, look.ink)


def test_page_and_charts_use_the_same_font() -> None:
    assert CONFIG["theme"]["font"] == SCREEN_FONT


def test_every_make_command_of_the_readme_is_a_target() -> None:
    named = set(re.findall(r"\bmake ([a-z]+)", README))
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    assert {"app", "test", "setup", "bench"} <= named
    assert named <= targets


def test_every_environment_variable_of_ours_is_in_the_readme() -> None:
    sources = [file for place in ("cs_kpi", "pages", "tests/browser") for file in (ROOT / place).rglob("*.py")]
    named = {word for file in sources for word in re.findall(r"\bCS_KPI_[A-Z_]+", file.read_text("utf-8"))}
    assert named - set(re.findall(r"\bCS_KPI_[A-Z_]+", README)) == set()


def values(tree: dict) -> list:
    return [leaf for value in tree.values() for leaf in (values(value) if isinstance(value, dict) else [value])]


def options(tree: dict, section: str = "") -> list[tuple[str, str]]:
    found = []
    for name, value in tree.items():
        inner = f"{section}.{name}" if section else name
        found += options(value, inner) if isinstance(value, dict) else [(section, name)]
    return found


def test_a_rerun_does_not_wait_for_a_collection_of_everything() -> None:
    assert CONFIG["runner"]["postScriptGC"] is False
