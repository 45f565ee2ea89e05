"""What an import understood, and what stops one, in lines for a person."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from discgen.importing.imported import SheetReport
from discgen.importing.problems import ImportProblemsError
from discgen.importing.run import Import
from discgen.money import in_yuan
from discgen.phrases import few

_MOST_TOTALS = 8
"""How many dropped rows are named."""
_CELL = re.compile(r"(?P<cell>.*?![A-Z]+[0-9]+) ")
_WHAT_DIFFERS = re.compile(r"“[^”]*”|[0-9][0-9,.]*")
_PLAIN = re.compile(r"[\w./:\-、：（）“”《》]+")
"""What needs no quotation marks on any command line."""
_MOST_ALIKE = 3
"""Of how many cells the same message is shown."""
_MOST_OF_A_KIND = 20
"""How many messages are shown that differ only in what a cell holds."""


def describe(plan: Import, root: Path) -> Iterator[str]:
    """Each sheet, what was concluded from them, and the files that would change; names are below `root`."""
    for sheet in plan.sheets:
        yield from _describe_sheet(sheet)
    yield from plan.remarks
    names = sorted(path.relative_to(root).as_posix() for path in plan.texts)
    yield f"要写{len(names)}个文件：" if names else "和现有的文件相同，不用写"
    yield from (f"  {name}" for name in names)
    for path in plan.removed:
        yield f"删去{path.relative_to(root).as_posix()}：init写的样子，没有改过，项目已经导入"


def _describe_sheet(sheet: SheetReport) -> Iterator[str]:
    if not sheet.rows:
        yield f"{sheet.sheet}：{sheet.taken_as}"
        return
    total = f"，合计{in_yuan(sheet.total)}" if sheet.total else ""
    yield f"{sheet.sheet}：{sheet.taken_as}，{sheet.rows}行{total}"
    yield from (f"  {head} → {meaning}" for head, meaning in sheet.columns)
    if sheet.totals:
        yield f"  合计{len(sheet.totals)}行不导入，只用来核对，都对得上：{few(sheet.totals, _MOST_TOTALS)}"
    yield from (f"  {remark}" for remark in sheet.remarks)


def describe_problems(error: ImportProblemsError, command: Sequence[str]) -> Iterator[str]:
    """The problems in Chinese, those of a kind together where the first of them was, then the hints, then their number.

    Of many cells with the same problem a few are named, and how many more there are. `command` is what was run; the
    last hint is the same command with all columns left out that were not understood.
    """
    kinds: dict[str, dict[str, list[str]]] = {}
    for problem in error.problems:
        message = _CELL.sub("", problem, count=1)
        kinds.setdefault(_WHAT_DIFFERS.sub("", message), {}).setdefault(message, []).append(problem)
    for by_message in kinds.values():
        groups = list(by_message.values())
        for group in groups[:_MOST_OF_A_KIND]:
            yield from (f"错误：{problem}" for problem in group[:_MOST_ALIKE])
            if len(group) > _MOST_ALIKE:
                yield f"  同样的还有{len(group) - _MOST_ALIKE}处"
        left = sum(map(len, groups[_MOST_OF_A_KIND:]))
        if left:
            yield f"  这一类的还有{left}处"
    yield from (f"提示：{hint}" for hint in error.hints)
    if error.columns:
        left_out = [part for column in error.columns for part in ("--ignore-column", column)]
        yield f"提示：这些栏都不导入的，运行：{' '.join(map(_quoted, (*command, *left_out)))}"
    yield f"共{len(error.problems)}处，什么也没有写"


def _quoted(part: str) -> str:
    """A part of a command as shells take it, those of Windows too where that can be."""
    if _PLAIN.fullmatch(part):
        return part
    return shlex.quote(part) if re.search(r'["$`\\!]', part) else f'"{part}"'
