"""Writes every file of the corpus into a folder, one folder per case: python -m tests.ingest.corpus FOLDER"""

import sys
from pathlib import Path

from tests.ingest.corpus import CASES

folder = Path(sys.argv[1])
for name, case in CASES.items():
    (folder / name).mkdir(parents=True, exist_ok=True)
    for file in case.files()[0]:
        (folder / name / file.name).write_bytes(file.data)
