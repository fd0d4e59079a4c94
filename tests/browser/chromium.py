"""Where the browser for the tests is, and whether they must run."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "/usr/bin/chromium")
NO_CHROMIUM = "no Chromium was found"
HOW_TO = "Install one (Debian: apt install chromium), or name it in CS_KPI_CHROMIUM."
ARGUMENTS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync")


def chromium() -> str | None:
    """The path of the browser; None where there is none."""
    named = os.environ.get("CS_KPI_CHROMIUM")
    return next((path for name in ([named] if named else NAMES) if (path := shutil.which(name))), None)


def is_required() -> bool:
    """Whether a missing browser is a failure, as on the integration server."""
    return os.environ.get("CS_KPI_BROWSER") == "required"
