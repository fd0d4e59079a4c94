"""A text table in which some lines are written in another encoding than the others."""

from __future__ import annotations

import pytest

from cs_kpi.errors import DataError
from cs_kpi.ingest.files import sheets

LINES = ["会社名,月額", "山田,1", "佐藤,2", "鈴木,3", "高橋,4"]


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
def test_a_line_in_another_encoding_is_named_and_not_guessed(encoding: str) -> None:
    data = b"\r\n".join(line.encode(encoding if place == 3 else "utf-8") for place, line in enumerate(LINES))
    with pytest.raises(DataError, match=r"The file 'a\.csv' is written in two encodings: .* line 4 is not"):
        sheets("a.csv", data)


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc_jp"])
def test_a_file_in_one_encoding_is_read(encoding: str) -> None:
    assert sheets("a.csv", "\n".join(LINES).encode(encoding))[0].cells[0].tolist()[3] == "鈴木"
