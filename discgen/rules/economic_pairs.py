"""部门预算支出经济分类 beside 政府预算支出经济分类: only pairs that the Ministry's table has (表6)."""

from __future__ import annotations

from collections.abc import Iterator

from discgen.codes.dictionary import Classification
from discgen.codes.meanings import is_confirmed_pair, is_possible_pair, possible_partners
from discgen.diagnostics import Diagnostic, error, warning
from discgen.model.build_lines import usual_unit_kind
from discgen.model.line import Line, Source, UnitKind
from discgen.rules.case import Case

_KIND_NAMES = {UnitKind.ADMINISTRATIVE: "行政单位", UnitKind.INSTITUTION: "事业单位"}


def economic_pairs_are_possible(case: Case) -> Iterator[Diagnostic]:
    """R029: a department and a government economic code stand for the same money, and a unit for a code of its kind.

    参公 units are paid by either kind of code. A code that the table does not know is not judged; a line of the table
    that nobody has compared with the Ministry's warns and does not refuse.
    """
    for line in case.disclosure.lines.get(Source.BASIC, ()):
        department, government = line.department_economic_code, line.government_economic_code
        if not department or not government:
            continue
        if not is_possible_pair(department, government):
            said = f"{_named(case, Classification.DEPARTMENT_ECONOMIC, department)}不对应{_named(case, Classification.GOVERNMENT_ECONOMIC, government)}"
            may_be = "、".join(
                _named(case, Classification.GOVERNMENT_ECONOMIC, code) for code in possible_partners(department)
            )
            hint = f"{department}对应的政府预算支出经济分类有：{may_be}"
            if is_confirmed_pair(department):
                yield error("R029", said, line.place, hint)
            else:
                yield warning("R029", said, line.place, f"{hint}（待与对照表核对；确实如此的，写进waivers.yaml）")
        elif _is_of_other_kind(line, government):
            kind = _KIND_NAMES[line.unit_kind] if line.unit_kind else ""
            said = f"{case.disclosure.department.unit(line.unit or '').name}是{kind}，不用{_named(case, Classification.GOVERNMENT_ECONOMIC, government)}"
            hint = "行政单位用501至504的科目，事业单位用505、506的；核对unit和government"
            yield warning("R029", said, line.place, hint)


def _is_of_other_kind(line: Line, government: str) -> bool:
    """Whether the unit of a line is of the one kind and its code of the other; 参公 units are of both."""
    kind = usual_unit_kind(government)
    return line.unit is not None and kind is not None and line.unit_kind in _KIND_NAMES and kind is not line.unit_kind


def _named(case: Case, classification: Classification, code: str) -> str:
    dictionary = case.disclosure.dictionaries[classification]
    return f"{code} {dictionary.name(code)}" if code in dictionary else code
