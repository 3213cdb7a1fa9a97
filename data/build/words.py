"""Makes the list of common English words, by which a name is told from a word where all letters are capitals.

Run from the project's folder: ``python data/build/words.py WORDS``, where WORDS is the file
usr/share/dict/american-english-small of Debian's package wamerican-small (SCOWL, sizes up to 35).
Only what is written in small letters is kept: names, months and peoples are not.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from data.build.record import DATA, record

PATH = "language/english_words.parquet"


def main(words: Path) -> None:
    """Write the list and record it."""
    listed = words.read_text(encoding="utf-8").split()
    common = sorted({word for word in listed if word.isascii() and word.isalpha() and word.islower() and len(word) > 1})
    (DATA / PATH).parent.mkdir(exist_ok=True)
    pq.write_table(
        pa.table({"word": common}), DATA / PATH, compression="zstd", compression_level=22,
        use_dictionary=False, column_encoding={"word": "DELTA_BYTE_ARRAY"},
    )  # fmt: skip
    record(
        PATH,
        rows=len(common),
        title="Common English words",
        description="Words that English writes in small letters, from the smaller of SCOWL's lists: what is none of "
        "them may be a name, also where a text is all in capitals.",
        version="wamerican-small 2020.12.07-2",
        url="https://packages.debian.org/bookworm/wamerican-small",
        licence="SCOWL (MIT-like): permission to use, copy, modify, distribute and sell these word lists for any purpose "
        "is granted without fee, provided that the copyright notice and this permission notice appear in all copies; "
        "provided as is, without express or implied warranty",
        attribution="Copyright 2000-2011 by Kevin Atkinson (SCOWL)",
        citation="Atkinson, K.: Spell Checker Oriented Word Lists (SCOWL), as Debian's wamerican-small 2020.12.07-2.",
        retrieved=date.today().isoformat(),
        build="build/words.py",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
