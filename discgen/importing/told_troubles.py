"""What stops an import to lines for a person: what is said of many cells alike is said of a few, and how many more.

Advice stands after it and is not counted, last the command that leaves out all columns that were not understood.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence

from discgen.importing.trouble import ImportTroubleError

_CELL = re.compile(r"(?P<cell>.*?![A-Z]+[0-9]+) ")
_WHAT_DIFFERS = re.compile(r"“[^”]*”|[0-9][0-9,.]*")
_PLAIN = re.compile(r"[\w./:\-、：（）“”《》]+")
"""What needs no quotation marks on any command line."""
_MOST_ALIKE = 3
"""How often the same is said of different cells."""
_MOST_OF_A_KIND = 20
"""How many messages are told that differ in what a cell holds only."""


def told_troubles(trouble: ImportTroubleError, command: Sequence[str]) -> Iterator[str]:
    """The troubles in Chinese, those of a kind together where the first of them was, then advice, then their number.

    `command` is what was run, by which the columns may be left out.
    """
    kinds: dict[str, dict[str, list[str]]] = {}
    for one in trouble.troubles:
        said = _CELL.sub("", one, count=1)
        kinds.setdefault(_WHAT_DIFFERS.sub("", said), {}).setdefault(said, []).append(one)
    for of_kind in kinds.values():
        alike = list(of_kind.values())
        for group in alike[:_MOST_OF_A_KIND]:
            yield from (f"错误：{one}" for one in group[:_MOST_ALIKE])
            if len(group) > _MOST_ALIKE:
                yield f"  同样的还有{len(group) - _MOST_ALIKE}处"
        left = sum(map(len, alike[_MOST_OF_A_KIND:]))
        if left:
            yield f"  这一类的还有{left}处"
    yield from (f"提示：{hint}" for hint in trouble.hints)
    if trouble.columns:
        left_out = [part for column in trouble.columns for part in ("--ignore-column", column)]
        yield f"提示：这些栏都不导入的，运行：{' '.join(map(_quoted, (*command, *left_out)))}"
    yield f"共{len(trouble.troubles)}处，什么也没有写"


def _quoted(part: str) -> str:
    """A part of a command as shells take it, those of Windows too where that can be."""
    if _PLAIN.fullmatch(part):
        return part
    return shlex.quote(part) if re.search(r'["$`\\!]', part) else f'"{part}"'
