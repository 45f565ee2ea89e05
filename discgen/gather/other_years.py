"""Facts of a year held against other files: last year's, its own budget's, those of a department that joined."""

from __future__ import annotations

from discgen.codes.dictionary import CLASS_DIGITS, Classification
from discgen.diagnostics import Diagnostic, error
from discgen.model.disclosure import Disclosure


def conflicting_prior(disclosure: Disclosure) -> list[Diagnostic]:
    """The finding where last year is both declared and in the workspace."""
    if disclosure.declared_prior is None:
        return []
    hint = "删去prior，程序自己从上年文件取数"
    return [error("M006", "上年已有文件，不再录入上年数", disclosure.declared_prior.place, hint)]


def conflicting_approved(disclosure: Disclosure) -> list[Diagnostic]:
    """The finding where the year's budget is both declared and in the workspace."""
    if disclosure.declared_approved is None:
        return []
    hint = "删去approved，程序自己从budget.yaml取数"
    return [error("M011", "本年度已有budget.yaml，不再录入年初预算数", disclosure.declared_approved.place, hint)]


def unknown_classes(disclosure: Disclosure, joined: Disclosure) -> list[Diagnostic]:
    """A finding for each 类 that a department which joined used last year, and that this one has no name for."""
    named = {"function_code": Classification.FUNCTION, "department_economic_code": Classification.DEPARTMENT_ECONOMIC}
    found: list[Diagnostic] = []
    for dimension, classification in named.items():
        codes = {getattr(line, dimension) for lines in joined.lines.values() for line in lines} - {None}
        classes = {code[:CLASS_DIGITS] for code in codes}
        for code in sorted(classes - disclosure.dictionaries[classification].names.keys()):
            said = f"{classification.label}里没有{code}，并入的部门“{joined.target.department}”上年用了它"
            hint = "写进本部门department.yaml的additional_codes并注明出处"
            found.append(error("C001", said, disclosure.merged_place, hint))
    return found
