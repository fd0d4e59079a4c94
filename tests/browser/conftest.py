"""A real browser on a real server.

    def test_opens_in_japanese(page, app):            # a new server, workspace and browser context per test
        page.goto(app.url)

    @pytest.mark.parametrize("page", ["ja-JP"], indirect=True)      # the browser's language; default en-US

A test that fails is tried once more on a new server, since a loaded machine can lose a click; the summary names it, and
it is mended like any other.

After every test: nothing was loaded from outside, no error box was seen at any moment, no error in the page's own
script, no traceback in the server's log.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import ARGUMENTS, HOW_TO, NO_CHROMIUM, chromium, is_required
from tests.browser.served import ServedApp

OURS = {"127.0.0.1", "localhost"}
REPORT_ERROR_BOXES = """
new MutationObserver(() => document.querySelectorAll('.stException, [data-testid="stException"]')
    .forEach(box => { if (!box.dataset.seen) { box.dataset.seen = '1'; window.reportErrorBox(box.innerText); } })
).observe(document, {childList: true, subtree: true});
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = chromium()
    if executable is None:
        (pytest.fail if is_required() else pytest.skip)(f"{NO_CHROMIUM}. {HOW_TO}")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def app(browser: Browser, tmp_path: Path) -> Iterator[ServedApp]:
    served = ServedApp(tmp_path)
    served.start()
    yield served
    served.stop()
    assert "Traceback" not in served.log, served.log


@pytest.fixture
def app_url(app: ServedApp) -> str:
    return app.url


@pytest.fixture
def hosts() -> set[str]:
    """Every host that the page has asked for anything."""
    return set()


@pytest.fixture
def page(browser: Browser, hosts: set[str], request: pytest.FixtureRequest) -> Iterator[Page]:
    opened = browser.new_context(locale=getattr(request, "param", "en-US"), accept_downloads=True,
                                 viewport={"width": 1280, "height": 900})
    tab = opened.new_page()
    troubles = watched(tab, hosts)
    yield tab
    opened.close()
    assert troubles == []
    assert hosts <= OURS, f"The page asked for something outside: {hosts - OURS}"


def watched(tab: Page, hosts: set[str]) -> list[str]:
    """Collects the hosts of every request, and every error that a reader of the page could see."""
    troubles: list[str] = []

    def note_host(url: str) -> None:
        if host := urlsplit(url).hostname:
            hosts.add(host)

    tab.on("request", lambda asked: note_host(asked.url))
    tab.on("websocket", lambda socket: note_host(socket.url))
    tab.on("pageerror", lambda error: troubles.append(f"script: {error}"))
    tab.expose_function("reportErrorBox", lambda text: troubles.append(f"error box: {text}"))
    tab.add_init_script(REPORT_ERROR_BOXES)
    return troubles
