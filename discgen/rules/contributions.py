"""住房公积金 and 社保缴费: money that 表5 and 表6 both name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from discgen.codes.dictionary import Classification
from discgen.codes.meanings import values_of
from discgen.diagnostics import Diagnostic, warning
from discgen.model.line import Line, Nature, Source, total
from discgen.money import in_yuan
from discgen.rules.case import Case
from discgen.rules.sides import difference, with_slip

_MEDICAL = "21011"
"""行政事业单位医疗."""
_PAYS_MEDICAL = ("30110", "30111", "30112", "30114", "30307")


def contributions_agree(case: Case) -> Iterator[Diagnostic]:
    """R018: 住房公积金, 基本养老保险缴费 and 职业年金缴费 are the same by function and by economic code (表5 against 表6).

    行政事业单位医疗 is no more than what can pay for it.
    Where no contribution is written to its 款, there is nothing to compare with: who writes one
    of them so writes them all so.
    """
    basic = case.ledger.lines(Source.BASIC)
    written = {line.department_economic_code for line in basic}
    contributions = values_of(Classification.DEPARTMENT_ECONOMIC, "contribution")
    for economic, function in ((code, function) for code, (function,) in contributions.items() if function):
        left = [
            line
            for line in case.ledger.lines(Source.EXPENDITURE)
            if line.nature is Nature.BASIC and line.function_code == function
        ]
        right = [line for line in basic if line.department_economic_code == economic]
        if right and total(left) != total(right):
            yield _differing(case, function, economic, left, right)
        elif total(left) and not right and not written.isdisjoint(contributions):
            said = f"{function}的基本支出{in_yuan(total(left))}，basic里没有{_named(case, economic)}"
            hint = f"核对basic，这笔钱通常写在{economic}；确有不同的，在waivers.yaml里说明"
            yield warning("R018", said, left[0].place, hint)

    if not written.isdisjoint(contributions):
        yield from _medical(case, basic)


def _medical(case: Case, basic: Sequence[Line]) -> Iterator[Diagnostic]:
    """行政事业单位医疗 (表5) is no more than the codes that pay for it (表6), of which some also pay for other things."""
    spent = [
        line
        for line in case.ledger.lines(Source.EXPENDITURE)
        if line.nature is Nature.BASIC and (line.function_code or "").startswith(_MEDICAL)
    ]
    paid = [line for line in basic if line.department_economic_code in _PAYS_MEDICAL]
    if total(spent) > total(paid):
        said = f"{_MEDICAL}的基本支出{in_yuan(total(spent))}，多于basic里{'、'.join(_PAYS_MEDICAL)}之和{in_yuan(total(paid))}"
        hint = "核对这几款的金额和科目；另有别的款的，在waivers.yaml里说明"
        yield warning("R018", said, spent[0].place, hint)


def _differing(case: Case, function: str, economic: str, left: Sequence[Line], right: Sequence[Line]) -> Diagnostic:
    said = (
        f"{function}的基本支出{in_yuan(total(left))}，{_named(case, economic)}{in_yuan(total(right))}，"
        f"{difference(left, right)}"
    )
    hint = with_slip(left, right, "核对两处；确有不同的，在waivers.yaml里说明")
    return warning("R018", said, right[0].place, hint)


def _named(case: Case, economic: str) -> str:
    return f"{economic}{case.disclosure.dictionaries[Classification.DEPARTMENT_ECONOMIC].name(economic)}"
