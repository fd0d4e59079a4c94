"""One button forgets it all: afterwards no byte of it is in the files on the disk."""

from pathlib import Path

from cs_kpi.settings import Preferences
from cs_kpi.workspace import Workspace

SECRET = "株式会社ひみつ".encode()
MANY = b"".join(SECRET + str(number).encode() for number in range(20_000))


def on_disk(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()))


def test_nothing_is_there_afterwards(work: Workspace) -> None:
    work.add_file("a.csv", b"a", by="")
    work.save(Preferences(display_name="佐藤"), "me", by="佐藤")
    work.forget()
    assert (work.files(), work.all(Preferences), work.unreadable()) == ([], {}, [])


def test_no_content_is_left_on_the_disk(path: Path, work: Workspace) -> None:
    work.add_file("ひみつ.csv", MANY, by="佐藤")
    work.save(Preferences(display_name="株式会社ひみつ"), "ひみつ", by="佐藤")
    assert SECRET in on_disk(path)
    work.forget()
    assert not any(word.encode() in on_disk(path) for word in ("ひみつ", "佐藤"))


def test_no_content_is_left_while_other_sessions_are_open(path: Path, url: str, work: Workspace) -> None:
    other = Workspace(url)
    work.add_file("ひみつ.csv", MANY, by="佐藤")
    assert other.data(other.files()[0].sha) == MANY
    work.forget()
    assert SECRET not in on_disk(path)
    assert other.files() == []


def test_the_file_shrinks(path: Path, work: Workspace) -> None:
    work.add_file("large.csv", MANY, by="")
    work.forget()
    assert len(on_disk(path)) < 100_000


def test_the_workspace_goes_on_afterwards(work: Workspace) -> None:
    sha = work.add_file("a.csv", b"a", by="")
    work.forget()
    assert work.add_file("a.csv", b"a", by="") == sha
    assert work.data(sha) == b"a"
