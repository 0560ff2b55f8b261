"""Reduces a dump of the original's options to what the audit compares: `catalogue_facts.py OPTIONS.json OUT.json.gz`.

The dump is a list of objects with name, type, default, hasDefault, visible and declarations. Equal dumps give equal results.
"""

from __future__ import annotations

import gzip
import json
import sys


def main(source: str, target: str) -> None:
    with open(source, encoding="utf-8") as file:
        options = json.load(file)
    reduced = {
        option["name"]: [
            option["type"],
            option["default"] if option["hasDefault"] and option["default"] is not None else option["hasDefault"],
            option.get("visible", True) is not False,
            option["declarations"],
        ]
        for option in sorted(options, key=lambda option: option["name"])
    }
    text = json.dumps(reduced, ensure_ascii=False, separators=(",", ":"))
    with open(target, "wb") as out, gzip.GzipFile("", "wb", 9, out, mtime=0) as packed:
        packed.write(text.encode())


if __name__ == "__main__":
    main(*sys.argv[1:3])
