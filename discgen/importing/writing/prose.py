"""What sheets of text say to sections of the files: duties, reasons and purposes; assets, performance, last year's figures."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from discgen.importing.imported import CellText, ImportedProse
from discgen.importing.writing.sections import Section, Sections
from discgen.model.line import Source
from discgen.money import exact_in_unit
from discgen.yamltext.edit import EditedFile
from discgen.yamltext.tree import Node

_NO_DUTY = "待补充。"
"""What stands for duties that are not written yet; `check` finds it."""
_PLAIN = re.compile(r"[\u4e00-\u9fff“《（][^\n#:{}\[\]\"'|>&*!%@`\\]*[^\s#:{}\[\]\"'|>&*!%@`\\]")
_WITH_LINES = "procurement"
"""The section whose other figures stand among those of its lines."""


def narrative_sections(prose: ImportedProse, printed: Collection[str]) -> dict[str, Section]:
    """The sections of narrative.yaml, of those keys that the form prints (`printed`)."""
    overview: dict[str, Any] = {}
    if prose.introduction and "overview.introduction" in printed:
        overview["introduction"] = prose.introduction.text
    overview["duties"] = _texts(prose.duties) or [_NO_DUTY]
    if prose.offices and "overview.organisation" in printed:
        overview["organisation"] = {"offices": _texts(prose.offices)}
    sections = {
        "overview": overview if prose.duties or len(overview) > 1 else {},
        "reasons": {key: text.text for key, text in prose.reasons.items()},
        "reasons_by_code": {code: text.text for code, text in prose.reasons_by_code.items()},
        "purposes": {code: text.text for code, text in prose.purposes.items()},
    }
    return {key: _section(value, prose.file) for key, value in sections.items() if value}


def declared_sections(prose: ImportedProse, unit: str, lines: Sections) -> dict[str, Section]:
    """The sections of the file of facts, amounts in its `unit`, but what belongs to 政府采购."""
    tree: dict[str, Any] = {}
    for path, value in prose.declared.items():
        _set(tree, path.split("."), _scalar(value, unit if path in prose.money else ""))
    sections = {key: _section(value, prose.file) for key, value in tree.items() if key != _WITH_LINES}
    if prose.executed:
        sections["prior_executed"] = _executed(prose, unit)
    if prose.prior:
        rows = "".join(f"\n  source: {_quoted(prose.prior_source)}")
        for source, own in prose.prior.items():
            # 上年支出 is as coarse as 上年收入: a line for each fund.
            kind = Source.INCOME if source is Source.EXPENDITURE else source
            rows += f"\n  {source}:" + lines.write({kind: own})[kind].rows.replace("\n", "\n  ")
        sections["prior"] = Section(rows, _origin(prose.file))
    return sections


def _executed(prose: ImportedProse, unit: str) -> Section:
    """上年当年预算执行数, a row for each 科目."""
    rows = [f"\n  - {{function: {code}, amount: {exact_in_unit(own, unit)}}}" for code, own in prose.executed.items()]
    return Section("".join(rows), _origin(prose.file))


def with_reserved(sections: Mapping[str, Section], prose: ImportedProse, unit: str) -> dict[str, Section]:
    """The sections with what 政府采购 is reserved for small firms, where the text says it."""
    begin = f"{_WITH_LINES}.reserved."
    amounts = {path.removeprefix(begin): value for path, value in prose.declared.items() if path.startswith(begin)}
    own = sections.get(_WITH_LINES)
    if not amounts or own is None:
        return dict(sections)
    row = f"\n  reserved: {{{', '.join(f'{key}: {_scalar(value, unit)}' for key, value in amounts.items())}}}"
    return {**sections, _WITH_LINES: replace(own, rows=own.rows + row)}


def statement_section(statement: Mapping[str, CellText]) -> Section:
    """项目经费情况说明 of a project."""
    first = next(iter(statement.values()))
    return _section({key: text.text for key, text in statement.items()}, first.cell.rpartition("!")[0])


def says_already(edited: EditedFile, key: str, section: Section) -> bool:
    """Whether a section of a file says all that is to be written."""
    alone = EditedFile("\n".join([*section.lines(key), ""]), edited.file)
    return key in edited.keys and _holds(edited.value(key), alone.value(key))


def _holds(there: Node, wanted: Node) -> bool:
    if isinstance(wanted, dict):
        return isinstance(there, dict) and all(key in there and _holds(there[key], own) for key, own in wanted.items())
    if isinstance(wanted, list):
        return isinstance(there, list) and len(there) == len(wanted) and all(map(_holds, there, wanted))
    return str(there) == str(wanted)


def _texts(texts: Sequence[CellText]) -> list[str]:
    return [text.text for text in texts]


def _scalar(value: Decimal | date, unit: str) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return exact_in_unit(value, unit) if unit else f"{value:f}"


def _set(tree: dict[str, Any], path: Sequence[str], value: str) -> None:
    for step in path[:-1]:
        tree = tree.setdefault(step, {})
    tree[path[-1]] = value


def _section(value: Mapping[str, Any], file: str) -> Section:
    return Section("".join(f"\n{line}" for line in _lines(value, 1)), _origin(file), is_lines=False)


def _origin(file: str) -> str:
    return f"{file.partition('.xlsx')[0]}.xlsx 文字" if ".xlsx" in file else file


def _lines(value: Mapping[str, Any], depth: int) -> Iterator[str]:
    """A mapping as lines of YAML."""
    indent = "  " * depth
    for key, own in value.items():
        if isinstance(own, Mapping):
            yield f"{indent}{key}:"
            yield from _lines(own, depth + 1)
        elif isinstance(own, list):
            yield f"{indent}{key}:"
            yield from (f"{indent}  - {_quoted(text)}" for text in own)
        else:
            yield f"{indent}{key}: {own if _is_plain(own) else _quoted(own)}"


def _is_plain(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "").isdecimal()


def _quoted(text: str) -> str:
    """A text as a scalar that stands alone on its line: in quotation marks unless it is plain Chinese."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
