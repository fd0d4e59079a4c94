"""The app as a user starts it: a server of its own on a free port, with a workspace of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[2]
STARTS_WITHIN_SECONDS = 60


class ServedApp:
    """`url` is where it is; `restart()` stops it and starts it again there, with the same workspace."""

    def __init__(self, folder: Path, script: Path = ROOT / "app.py") -> None:
        self.database_url = f"sqlite:///{folder / 'workspace.sqlite'}"
        self.script = script
        self.log_file = folder / "server.log"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        with self.log_file.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", str(self.script), "--server.port", str(self.port),
                 "--server.headless", "true", "--server.fileWatcherType", "none"],
                cwd=ROOT, env=os.environ | {"CS_KPI_DATABASE_URL": self.database_url}, stdout=log, stderr=log)
        deadline = time.monotonic() + STARTS_WITHIN_SECONDS
        while not self._is_up():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"The app did not start:\n{self.log}")
            time.sleep(0.05)

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def restart(self) -> None:
        self.stop()
        self.start()

    @property
    def log(self) -> str:
        return self.log_file.read_text(errors="replace")

    def _is_up(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
