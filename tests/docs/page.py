"""A page of documentation as steps that can be played: commands with what they print, edits and files.

A fenced block is a step when its language is one of these; what follows the language is a path in the workspace:

- `console`: lines `$ command`, each followed by what it prints. `…` alone on a line stands for any lines,
  within a line for any characters. A command without output is run and its output not looked at.
- `diff PATH`: lines with `-` and ` ` are found in the file, once, and replaced by those with `+` and ` `.
- `yaml PATH`, `csv PATH`, `css PATH`: the file is written as shown.

Other blocks are for reading. `<!-- fresh -->` puts the workspace back; `<!-- empty -->` begins in an empty folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(
    r"^(?P<fence>`{3,})(?P<info>[^\n]*)\n(?P<body>.*?)^(?P=fence)$|^<!-- (?P<mark>fresh|empty) -->$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Step:
    """What a page asks for at `line`: `kind` is `console`, `diff`, `yaml`, `csv`, `css`, `fresh` or `empty`."""

    kind: str
    line: int
    path: str = ""
    body: str = ""


@dataclass(frozen=True)
class Command:
    """A command and the output a page shows for it; `output` is empty where the page shows none."""

    line: int
    text: str
    output: str


def steps(page: Path) -> Iterator[Step]:
    """Yield the steps of `page` in their order."""
    text = page.read_text("utf-8")
    for match in _BLOCK.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        if match["mark"]:
            yield Step(match["mark"], line)
            continue
        kind, _, path = match["info"].partition(" ")
        if kind == "console" or (kind in {"diff", "yaml", "csv", "css"} and path):
            yield Step(kind, line, path, match["body"])


def commands(step: Step) -> Iterator[Command]:
    """Yield the commands of a `console` step."""
    for match in re.finditer(r"^\$ (?P<text>.*)\n(?P<output>(?:(?!\$ ).*\n)*)", step.body, re.MULTILINE):
        yield Command(step.line + 1 + step.body.count("\n", 0, match.start()), match["text"], match["output"])


def edited(text: str, change: str) -> str:
    """`text` with the `change` of a `diff` step made.

    Raises:
        ValueError: the lines to be replaced are not in the text, or are there more than once.
    """
    before, after = (
        "".join(line[1:] for line in change.splitlines(keepends=True) if line[0] in f" {sign}") for sign in "-+"
    )
    if text.count(before) != 1:
        msg = f"found {text.count(before)} times:\n{before}"
        raise ValueError(msg)
    return text.replace(before, after)


def matches(shown: str, printed: str) -> bool:
    """Whether `printed` is what a page shows, `…` standing for what is left out; nothing shown matches anything."""
    if not shown.strip():
        return True
    lines = (".*".join(re.escape(part) for part in line.split("…")) for line in shown.strip("\n").splitlines())
    pattern = "".join("(?:.*\n)*" if line == ".*" else f"{line}\n" for line in lines)
    return re.fullmatch(pattern, printed.strip("\n") + "\n") is not None
