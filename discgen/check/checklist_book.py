"""The 公开情况检查表 of many departments as an Excel workbook: a row for each problem, and one for each document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from discgen.check.checked import Checked, TargetChecked
from discgen.diagnostics import Severity
from discgen.export.rows_book import Cell, Rows, is_rows_book, rows_book
from discgen.reference.vocabulary import name_of, terms

_TITLE = "公开情况检查表"
_OF_DOCUMENT = (("部门编码", 10), ("部门", 22), ("文件夹", 14), ("年度", 7), ("种类", 7))
_DOCUMENTS = (*_OF_DOCUMENT, ("结论", 10), *((term.name, 7) for term in terms("severity").values()), ("已豁免", 8))
_PROBLEMS = (
    *_OF_DOCUMENT,
    *(("检查项", 16), ("轻重", 7), ("编号", 8), ("问题", 46), ("怎么改", 46), ("文件:行:列", 30)),
)


def checklist_book(checked: Checked) -> bytes:
    """A workbook of two sheets. The same bytes for the same findings."""
    problems = (row for target in checked.targets for row in _problems(target))
    return rows_book(_TITLE, {"汇总": documents(checked.targets), "问题": Rows(_PROBLEMS, problems)})


def is_checklist_book(data: bytes) -> bool:
    """Whether a file is such a workbook, and may be replaced by a newer one."""
    return is_rows_book(data, _TITLE)


def documents(checked: Iterable[TargetChecked]) -> Rows:
    """A row for each document: whose it is, whether it passed, and how much was found in it."""
    return Rows(_DOCUMENTS, [_counted(document) for document in checked])


def _document(checked: TargetChecked) -> list[Cell]:
    target = checked.target
    return [checked.code, checked.name, target.build_folder, target.year, name_of("kind", target.kind)]


def _counted(checked: TargetChecked) -> list[Cell]:
    counts = [checked.count(severity) for severity in Severity]
    verdict = "有问题" if counts[0] or counts[1] else "通过"
    return [*_document(checked), verdict, *counts, len(checked.waived)]


def _problems(checked: TargetChecked) -> Iterator[list[Cell]]:
    """A row for each finding, by the rows of the list; a finding of several rows stands at the first."""
    listed: set[int] = set()
    for row in checked.checklist or ():
        for number in row.findings:
            if number not in listed:
                listed.add(number)
                finding = checked.findings[number]
                severity = name_of("severity", finding.severity)
                cells = [row.name, severity, finding.code, finding.message, finding.hint, str(finding.place)]
                yield [*_document(checked), *cells]
