"""Write into pages of documentation what their commands print now, where what they show is no longer so.

    python tools/doc_outputs.py docs/common-errors.md …

Read the difference before it is committed: the page is a promise, and this only says what became of it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.docs.page import Command, matches, steps
from tests.docs.reader import Reader


def main() -> None:
    """Refresh the pages named on the command line."""
    for name in sys.argv[1:]:
        _refresh(Path(name))


def _refresh(page: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        reader = Reader(Path(folder))
        ran = [outcome for step in steps(page) for outcome in reader.do(step)]
    lines = page.read_text("utf-8").splitlines(keepends=True)
    for command, printed in reversed(ran):
        if not matches(command.output, printed) or command.output.strip() == "?":
            _replace(lines, command, printed)
    page.write_text("".join(lines), "utf-8")


def _replace(lines: list[str], command: Command, printed: str) -> None:
    lines[command.line : command.line + len(command.output.splitlines())] = [printed.strip("\n") + "\n"]


if __name__ == "__main__":
    main()
