"""What was carried over from last year, or stands in for a figure, and was not looked at since."""

from __future__ import annotations

from collections.abc import Iterator

from discgen.diagnostics import Diagnostic, Place, error
from discgen.load.tree import Tree
from discgen.rules.case import Case


def everything_is_confirmed(case: Case) -> Iterator[Diagnostic]:
    """Y010: no comment `# 待确认` is left, by which `discgen rollover` and `discgen init` mark what they wrote."""
    for tree in case.disclosure.files:
        for mark in tree.unconfirmed:
            key = _key_on(tree, mark.line)
            what = f"“{key.path[-1]}”这一段" if key else "这里"
            said = f"{what}标着“待确认”，还没有核对"
            yield error("Y010", said, key or mark, "照本年的批复和安排改好，再删去“# 待确认”")


def _key_on(tree: Tree, line: int) -> Place | None:
    """The first key that is written on a line."""
    return min((place for place in tree.keys.values() if place.line == line), default=None)
