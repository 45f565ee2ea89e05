"""Rows that say their source, as those of lines.csv, to lines: what they must say, and what goes without saying."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from discgen.importing.entry import Entry
from discgen.importing.trouble import ImportTroubleError
from discgen.importing.words import load_words
from discgen.model.build_lines import BALANCES
from discgen.model.line import Line, Nature, Origin, Source, Stage

COLUMN_OF = {
    "nature": "支出类别（基本支出、项目支出）",
    "fund": "资金性质",
    "function_code": "功能科目",
    "department_economic_code": "部门经济科目",
    "project": "项目名称",
    "unit": "单位",
    "item": "“三公”经费或采购的一项",
}
"""What messages call the columns that a full ledger needs."""
_NEEDED: Mapping[Source, tuple[str, ...]] = {
    Source.INCOME: ("fund",),
    Source.EXPENDITURE: ("fund", "function_code", "nature"),
    Source.BASIC: ("fund", "department_economic_code"),
    Source.PROJECT: ("fund", "function_code", "project", "unit"),
    Source.THREE_PUBLIC: ("fund", "item"),
    Source.PROCUREMENT: ("item",),
}
"""What a row must say that says its source."""
_USUAL: Mapping[Source, Mapping[str, str]] = {
    Source.INCOME: {"origin": Origin.CURRENT},
    Source.EXPENDITURE: {"origin": Origin.CURRENT},
    Source.BASIC: {"origin": Origin.CURRENT, "nature": Nature.BASIC},
    Source.PROJECT: {"origin": Origin.CURRENT, "nature": Nature.PROJECT},
    Source.THREE_PUBLIC: {"origin": Origin.CURRENT, "nature": Nature.PROJECT},
    **{source: {"origin": Origin.CARRYOVER} for source in BALANCES},
}
"""What goes without saying, as in the files."""


def told_apart(rows: Sequence[tuple[Entry, Line]]) -> list[tuple[Source, Entry, Line]]:
    """The lines with their sources. Raises ImportTroubleError naming what rows lack."""
    sourced = [(Source(entry.known["source"]), entry, line) for entry, line in rows]
    troubles = [
        f"{entry.cell} 这一行没有写{'、'.join(lacks)}"
        for source, entry, line in sourced
        if (lacks := [COLUMN_OF[name] for name in _needed(source, line) if name not in entry.known])
    ]
    troubles += [
        f"{entry.cell} 决算的文件里不写项目，去掉收支类型是项目支出的行"
        for source, entry, line in sourced
        if source is Source.PROJECT and line.stage is not Stage.APPROVED
    ]
    if troubles:
        raise ImportTroubleError(troubles)
    return [(source, entry, _completed(line, source)) for source, entry, line in sourced]


def of_other_stages(entries: Sequence[Entry], stage: Stage) -> Iterator[str]:
    """Rows of a stage that the files of a document hold no lines of: of “三公”经费 alone accounts have 全年预算 too."""
    titles = load_words().titles
    for entry in entries:
        said = entry.known.get("stage", stage)
        is_kept = (
            stage is Stage.EXECUTED and entry.known.get("source") == Source.THREE_PUBLIC and said == Stage.ADJUSTED
        )
        if said != stage and not is_kept:
            yield f"{entry.cell} 这一行是“{titles[said]}”，要导入的是{titles[stage]}：去掉这样的行再导入"


def _needed(source: Source, line: Line) -> tuple[str, ...]:
    """What a row must say; the income of accounts is by 功能科目."""
    by_function = source is Source.INCOME and line.stage is not Stage.APPROVED
    return (*_NEEDED.get(source, ()), *(("function_code",) if by_function else ()))


def _completed(line: Line, source: Source) -> Line:
    """The line with what its source says of it; “三公”经费 of accounts is of no nature."""
    usual = dict(_USUAL.get(source, {}))
    if line.stage is not Stage.APPROVED:
        usual.pop("nature", None)
    missing = {name: value for name, value in usual.items() if getattr(line, name) is None}
    return replace(line, **missing)  # type: ignore[arg-type]
