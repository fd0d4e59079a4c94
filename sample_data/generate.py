"""Rewrites every sample file: `python sample_data/generate.py`."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
if not __package__:
    sys.path.insert(0, str(HERE.parent))

from sample_data.messy import messy_sheets  # noqa: E402
from sample_data.one_row import one_row_csv  # noqa: E402
from sample_data.tidy import tidy_sheets  # noqa: E402
from sample_data.vocabulary import LANGUAGES  # noqa: E402
from sample_data.workbooks import save  # noqa: E402
from sample_data.world import world  # noqa: E402


def write_all(folder: Path = HERE) -> None:
    """Write the tidy and the messy workbook of each language, and the csv."""
    for language in LANGUAGES:
        save(tidy_sheets(world(), language), folder / language / f"tidy_{language}.xlsx")
        save(messy_sheets(world(), language), folder / language / f"messy_{language}.xlsx")
    (folder / "ja" / "customers_one_row_cp932.csv").write_bytes(one_row_csv(world()))


if __name__ == "__main__":
    write_all()
