"""What a child process is told and what it answers, both at once and in large pieces, however much it is."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterable
from contextlib import suppress
from typing import IO


def exchanged(child: subprocess.Popen[bytes], sent: Iterable[bytes]) -> tuple[bytes, bytes]:
    """What a child says on its standard output and its standard error until its end, everything being sent to its
    standard input meanwhile.

    `Popen.communicate` gives the same, in pieces of 4 KB on their way there, and joined into one copy more.
    """
    assert child.stdin
    assert child.stdout
    assert child.stderr
    said: list[bytes] = []
    beside = [threading.Thread(target=_send, args=(child.stdin, sent), daemon=True, name="telling a child"),
              threading.Thread(target=_hear, args=(child.stderr, said), daemon=True, name="hearing a child")]
    for thread in beside:
        thread.start()
    reply = child.stdout.read()
    for thread in beside:
        thread.join()
    child.wait()
    return reply, said[0]


def _send(pipe: IO[bytes], sent: Iterable[bytes]) -> None:
    """All of it, unless the child ends before, which its code will say."""
    with suppress(OSError), pipe:
        pipe.writelines(sent)


def _hear(pipe: IO[bytes], said: list[bytes]) -> None:
    said.append(pipe.read())
