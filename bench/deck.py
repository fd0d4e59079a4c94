"""How long decks take and what memory: 12 and 60 slides of the sample, and a heatmap of 60 x 60.

    python -m bench.deck        the processes are fresh, so that the memory is each deck's own
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

LIMITS = {12: (3.0, 300.0), 60: (15.0, 300.0)}
TRAINS = ("health-test", "did-it-work")
"""Items that fit models: a deck with one of them is measured by itself."""
SAMPLE = Path(__file__).parents[1] / "sample_data" / "ja" / "tidy_ja.xlsx"


def measured(count: int, *first: str) -> dict[str, float]:
    """Seconds, those of the processor, and MB beyond the loaded book, of a deck with so many slides.

    first : items that it begins with
    """
    from io import BytesIO

    from pptx import Presentation

    from cs_kpi.binding import book_of
    from cs_kpi.deck.items import ITEMS, lacking
    from cs_kpi.deck.making import made
    from cs_kpi.deck.records import Deck, Slot
    from cs_kpi.deck.scene import scene
    from cs_kpi.export.deck_file import cover_lines
    from cs_kpi.export.slides import presentation
    from cs_kpi.ingest.files import sheets
    from cs_kpi.ingest.fitting import applied
    from cs_kpi.ingest.reading import read

    found = sheets(SAMPLE.name, SAMPLE.read_bytes())
    book = book_of([one for sheet, mapping in zip(found, applied([], found), strict=True)
                    if (one := read(sheet, mapping)).tables])
    here = scene(book, Deck(), "ja")
    ids = [id for id, one in ITEMS.items() if lacking(one, here) is None and one.group != "numbers"
           and id not in TRAINS]
    before, begun, busy = _mb(), time.perf_counter(), time.process_time()
    pages = []
    for id in [*first, "kpis", *ids]:
        pages += made(here, Deck(slots=(Slot(item=id, rows=10),))).pages
        if len(pages) >= count - 1:
            break
    data = presentation(pages[:count - 1], "ja", cover=("資料", cover_lines(here)))
    seconds = time.perf_counter() - begun
    return {"slides": len(Presentation(BytesIO(data)).slides), "seconds": seconds,
            "busy": time.process_time() - busy, "mb_more": _mb() - before, "mb": _mb()}


def _mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def heatmap(size: int) -> float:
    """Seconds of a slide with so many rows and columns, the second time: what is loaded once is not counted."""
    from cs_kpi.charts.figure import Figure, Series
    from cs_kpi.export.slides import deck
    from cs_kpi.locale import Message

    rows = tuple(Series(f"2020-{n}", tuple((n + i) % 100 / 100 for i in range(size)), size=n) for n in range(size))
    one = Figure("h", "heatmap", Message("Cohorts"), tuple(map(str, range(size))), rows, "share", Message("n"))
    deck([one], "en")
    begun = time.perf_counter()
    deck([one], "en")
    return time.perf_counter() - begun


def main() -> None:
    if len(sys.argv) > 1:
        print(json.dumps(measured(int(sys.argv[1]), *sys.argv[2:])))
        return
    print("| slides | seconds | of the processor | limit | MB beyond the book | MB in all | limit |")
    print("| --: | --: | --: | --: | --: | --: | --: |")
    for count, first in ((12, ()), (60, ()), (12, TRAINS[1:])):
        seconds, megabytes = LIMITS[count]
        done = subprocess.run([sys.executable, "-m", "bench.deck", str(count), *first], capture_output=True, text=True,
                              check=True)
        one = json.loads(done.stdout)
        said = f" with {', '.join(first)}" if first else ""
        print(f"| {one['slides']}{said} | {one['seconds']:.2f} | {one['busy']:.2f} | {seconds:.0f} | "
              f"{one['mb_more']:.0f} | {one['mb']:.0f} | {megabytes:.0f} |")
    print(f"\nA heatmap of 20 x 20, a table: {heatmap(20):.2f} s; of 60 x 60, a picture with its table in the notes: "
          f"{heatmap(60):.2f} s")


if __name__ == "__main__":
    main()
