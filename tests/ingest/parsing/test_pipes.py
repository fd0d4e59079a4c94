"""A child process is told and heard at once, so that neither waits for the other."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cs_kpi.ingest.parsing.pipes import exchanged

MUCH = bytes(range(256)) * 20_000


def child(program: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", f"import sys; {program}"], stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_a_child_that_answers_on_both_ways_while_it_reads_gets_all_and_gives_all() -> None:
    program = "[(sys.stdout.buffer.write(one), sys.stderr.buffer.write(one)) for one in iter(" \
              "lambda: sys.stdin.buffer.read(9999), b'')]"
    with child(program) as echo:
        reply, said = exchanged(echo, [b"first\n", MUCH])
    assert reply == said == b"first\n" + MUCH
    assert echo.returncode == 0


@pytest.mark.parametrize("program", ["sys.exit(3)", "sys.stdin.buffer.read(10); sys.exit(3)"])
def test_a_child_that_ends_before_everything_is_sent_leaves_its_code(program: str) -> None:
    with child(program) as ended:
        assert exchanged(ended, [MUCH]) == (b"", b"")
    assert ended.returncode == 3
