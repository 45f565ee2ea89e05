"""Run pytest, and print how much of the program it ran: a figure to look at, no bar to pass.

    python -m tools.coverage [arguments of pytest]

It is measured by slipcover, which takes a tenth of the tests' time. What commands do in processes of their own
(`tests/docs`, `tests/preview`) is not counted. Where slipcover has no wheels, pytest runs alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_MEASURED = Path("build/coverage.json")
_LEAST = 5


def report(measured: dict[str, Any]) -> Iterator[str]:
    """The lines to print of what slipcover measured: the whole, and the modules that the tests run least of."""
    whole, files = measured["summary"], measured["files"]
    lines = whole["covered_lines"] + whole["missing_lines"]
    yield f"coverage: {whole['percent_covered']:.1f} % of {lines} lines of code in {len(files)} modules; least:"
    shares = sorted((of_file["summary"]["percent_covered"], name) for name, of_file in files.items())
    yield from (f"  {share:5.1f} %  {name}" for share, name in shares[:_LEAST])


def main(arguments: list[str]) -> int:
    """Run pytest with these arguments; its exit code."""
    pytest = ("-m", "pytest", *arguments)
    if find_spec("slipcover") is None:
        return subprocess.run([sys.executable, *pytest], check=False).returncode
    _MEASURED.parent.mkdir(exist_ok=True)
    measuring = ("-m", "slipcover", "--source", "discgen", "--json", "--out", str(_MEASURED))
    code = subprocess.run([sys.executable, *measuring, *pytest], check=False).returncode
    print(*report(json.loads(_MEASURED.read_text(encoding="utf-8"))), sep="\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
