"""Time and memory from upload to Book, beside the bare reading of the same file by calamine and by pandas.

python -m bench.import_speed                 a workbook of 200,000 x 12 and a csv of 2,000,000 x 6; prints the table
python -m bench.import_speed --scale 0.1     a tenth of that
python -m bench.import_speed --keep FOLDER   the files stay there, and are taken from there the next time
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

XLSX_ROWS, CSV_ROWS = 200_000, 2_000_000
HEADERS = ("契約番号", "顧客ID", "顧客名", "プラン", "製品", "契約開始日", "契約満了日", "解約日", "月額", "席数",
           "担当CSM", "業種")
USE_HEADERS = ("event_id", "Customer ID", "User ID", "Event date", "Feature", "Count")
TODAY = dt.date(2026, 1, 1)
ROOT = Path(__file__).parents[1]


def contract_rows(rows: int) -> Iterator[tuple[Any, ...]]:
    """A ledger as a team keeps it: a customer for every four rows, real dates, a third of the ends filled in."""
    r = random.Random(3)
    for number in range(rows):
        who = r.randrange(max(rows // 4, 1))
        start = dt.date(2019, 1, 1) + dt.timedelta(r.randrange(2500))
        end = start + dt.timedelta(r.randrange(60, 1500)) if r.random() < 0.35 else None
        yield (f"K{number:07d}", f"C{who:06d}", f"株式会社サンプル{who}", ("標準", "上位", "特別")[who % 3],
               ("本体", "分析", "支援")[number % 3], start, start + dt.timedelta(365), end, r.randrange(5, 400) * 500,
               r.randrange(1, 200), ("佐藤", "鈴木", "高橋", "田中", "伊藤")[who % 5],
               ("製造", "小売", "医療", "教育")[who % 4])


def use_lines(rows: int) -> Iterator[str]:
    """A log of use over two years: some thousand customers, each with some tens of users."""
    r = random.Random(4)
    days = [(dt.date(2024, 1, 1) + dt.timedelta(day)).isoformat() for day in range(730)]
    features = ("search", "export", "dashboard", "alerts", "api")
    yield ",".join(USE_HEADERS) + "\n"
    for number in range(rows):
        who = r.randrange(4000)
        yield f"e{number},C{who:05d},u{who}-{r.randrange(40)},{days[r.randrange(730)]},{features[r.randrange(5)]},1\n"


def write_workbook(file: Path, rows: int) -> None:
    """As Excel saves it: texts shared, dates as numbers with a format."""
    book = xlsxwriter.Workbook(str(file), {"default_date_format": "yyyy/m/d"})
    sheet = book.add_worksheet("契約台帳")
    for place, row in enumerate((HEADERS, *contract_rows(rows))):
        sheet.write_row(place, 0, row)
    book.close()


def write_log(file: Path, rows: int) -> None:
    with file.open("w", encoding="utf-8") as log:
        log.writelines(use_lines(rows))


def book(file: Path) -> int:
    """Bytes to Book, as an upload goes: sheets, guess, reading, Book."""
    from cs_kpi.binding import book_of
    from cs_kpi.ingest.files import sheets
    from cs_kpi.ingest.mapping import guess
    from cs_kpi.ingest.reading import read

    data = file.read_bytes()
    made = book_of([read(sheet, guess(sheet), TODAY) for sheet in sheets(file.name, data)], today=TODAY)
    return len(made.tables["subscriptions" if file.suffix == ".xlsx" else "usage"])


def calamine(file: Path) -> int:
    import python_calamine

    return len(python_calamine.CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()) - 1


def pandas(file: Path) -> int:
    import pandas as pd

    return len(pd.read_excel(file, engine="calamine") if file.suffix == ".xlsx" else pd.read_csv(file, dtype=str))


WAYS: dict[str, Callable[[Path], int]] = {"book": book, "calamine": calamine, "pandas": pandas}


def run(way: str, file: Path) -> dict[str, float]:
    """One way in this process: seconds and seconds of work (of processors), both without what a server does once and
    not for each file (imports of libraries, the words by which it knows headers), and the most memory of it and of
    its child."""
    import pandas as pd

    import cs_kpi.binding
    import cs_kpi.ingest.reading  # noqa: F401
    from cs_kpi.ingest.naming.vocabulary import synonyms

    pd.DataFrame({"a": ["b"]})
    synonyms()
    before = time.process_time()
    began = time.perf_counter()
    rows = WAYS[way](file)
    took = time.perf_counter() - began
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    memory, child = (one.ru_maxrss / 1024 for one in used)
    work = sum(one.ru_utime + one.ru_stime for one in used) - before
    return {"rows": rows, "seconds": took, "work": work, "memory": memory, "child": child}


def alone(way: str, file: Path, times: int = 3) -> dict[str, float]:
    """The run of least work, each in a fresh process; on a busy machine its work says more than its time."""
    command = [sys.executable, "-m", "bench.import_speed", "--run", way, "--file", str(file)]
    runs = [json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout)
            for _again in range(times)]
    return min(runs, key=lambda one: one["work"])


def lines(file: Path, ways: tuple[str, ...]) -> Iterator[str]:
    """A line per way; ours first, with how many times the bare ones it takes."""
    results = {way: alone(way, file) for way in ways}
    if len({result["rows"] for result in results.values()}) != 1:
        raise SystemExit(f"{file.name}: the ways disagree on the number of rows: {results}")
    ours = results["book"]
    for way, result in results.items():
        ratio = "" if way == "book" else (f"{ours['seconds'] / result['seconds']:.2f} x (work "
                                          f"{ours['work'] / result['work']:.2f} x)")
        child = f"{result['child']:.0f} MB" if way == "book" else ""
        yield (f"| {file.name} | {result['rows']:,} | {'upload to Book' if way == 'book' else f'bare {way}'} | "
               f"{result['seconds']:.2f} s | {result['work']:.2f} s | {result['memory']:.0f} MB | "
               f"{child} | {ratio} |")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--scale", type=float, default=1.0)
    options.add_argument("--keep", type=Path)
    options.add_argument("--run", choices=WAYS, help=argparse.SUPPRESS)
    options.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.run:
        print(json.dumps(run(chosen.run, chosen.file)))
        return
    print("| file | rows | way | time | work | memory | its child | Book takes |", "| --- |" + " --: |" * 7, sep="\n")
    with tempfile.TemporaryDirectory() as folder:
        place = chosen.keep or Path(folder)
        for name, rows, write, ways in (
                ("ledger.xlsx", XLSX_ROWS, write_workbook, ("book", "calamine", "pandas")),
                ("use.csv", CSV_ROWS, write_log, ("book", "pandas"))):
            file = place / name
            if not file.exists():
                write(file, int(rows * chosen.scale))
            print(*lines(file, ways), sep="\n", flush=True)


if __name__ == "__main__":
    main()
