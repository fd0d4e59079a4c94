"""Two sessions in one server and a second process write at once; nobody sees a locked database."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from cs_kpi.settings import Preferences
from cs_kpi.workspace import Workspace

WRITER = """
import sys
from cs_kpi.settings import Preferences
from cs_kpi.workspace import Workspace
work = Workspace(sys.argv[1])
for number in range(40):
    work.save(Preferences(display_name=sys.argv[2]), f"{sys.argv[2]}-{number}", by=sys.argv[2])
    work.add_file("same", str(number).encode() * 20_000, by=sys.argv[2])
    work.files()
"""


def writer(url: str, name: str) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-c", WRITER, url, name], stderr=subprocess.PIPE, text=True)


def test_threads_share_one_workspace(work: Workspace) -> None:
    def write(number: int) -> None:
        work.save(Preferences(display_name=str(number)), f"{number}", by="")
        work.all(Preferences)

    with ThreadPoolExecutor(24) as pool:
        list(pool.map(write, range(200)))
    assert set(work.all(Preferences)) == {str(number) for number in range(200)}


def test_processes_open_a_new_workspace_and_write_at_the_same_moment(url: str) -> None:
    processes = [writer(url, name) for name in "abcd"]
    assert [process.communicate()[1] for process in processes] == [""] * 4
    work = Workspace(url)
    assert len(work.all(Preferences)) == 160
    assert len(work.files()) == 40


def test_sessions_of_one_server_go_on_while_another_process_writes(url: str) -> None:
    process = writer(url, "other")
    sessions = [Workspace(url) for _ in range(2)]

    def write(number: int) -> None:
        session = sessions[number % 2]
        session.save(Preferences(display_name="here"), f"here-{number}", by="")
        session.version()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(100)))
    assert process.communicate()[1] == ""
    assert len(sessions[0].all(Preferences)) == 140


def test_many_readings_while_one_forgets(url: str) -> None:
    work, other = Workspace(url), Workspace(url)
    with ThreadPoolExecutor(4) as pool:
        reading = [pool.submit(other.files) for _ in range(200)]
        work.add_file("a", b"a" * 100_000, by="")
        work.forget()
        assert [future.exception() for future in reading] == [None] * 200
    assert other.files() == []
