"""What an import understood, in a few lines of Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from discgen.importing.entry import SheetReport
from discgen.importing.run import Import
from discgen.money import in_yuan

_MOST_TOTALS = 8
"""How many dropped rows are named."""


def told(plan: Import, root: Path) -> Iterator[str]:
    """The sheets one by one, what was concluded from them, and the files that would change; names are below `root`."""
    for sheet in plan.sheets:
        yield from _sheet(sheet)
    yield from plan.remarks
    names = sorted(path.relative_to(root).as_posix() for path in plan.texts)
    yield f"要写{len(names)}个文件：" if names else "和现有的文件相同，不用写"
    yield from (f"  {name}" for name in names)
    for path in plan.removed:
        yield f"删去{path.relative_to(root).as_posix()}：init写的样子，没有改过，项目已经导入"


def _sheet(sheet: SheetReport) -> Iterator[str]:
    if not sheet.rows:
        yield f"{sheet.sheet}：{sheet.taken_as}"
        return
    yield f"{sheet.sheet}：{sheet.taken_as}，{sheet.rows}行{_sum(sheet)}"
    yield from (f"  {head} → {meaning}" for head, meaning in sheet.columns)
    if sheet.totals:
        more = "等" if len(sheet.totals) > _MOST_TOTALS else ""
        said = f"{'、'.join(sheet.totals[:_MOST_TOTALS])}{more}"
        yield f"  合计{len(sheet.totals)}行不导入，只用来核对，都对得上：{said}"
    yield from (f"  {remark}" for remark in sheet.remarks)


def _sum(sheet: SheetReport) -> str:
    return f"，合计{in_yuan(sheet.total)}" if sheet.total else ""
