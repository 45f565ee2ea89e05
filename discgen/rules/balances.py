"""年初 and 年末结转和结余 of accounts: what came in is what went out and what is left. All amounts are compared in 元."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from discgen.codes.dictionary import Classification
from discgen.diagnostics import Diagnostic, error, warning
from discgen.model.line import FISCAL_FUNDS, UNIT_FUNDS, Fund, Line, Source, total
from discgen.money import ZERO, in_yuan
from discgen.rules.case import Case
from discgen.rules.reconciliation import FUND_NAMES
from discgen.rules.sides import Key, difference, grouped, with_slip


def accounts_balance(case: Case) -> Iterator[Diagnostic]:
    """R010: 年初结转和结余 + 本年收入 + 使用非财政拨款结余 = 本年支出 + 结余分配 + 年末结转和结余 (公开01, 04, 07表).

    Each fund of 财政拨款 by itself, and all other money together.
    """
    left, right = (
        [line for source in side for line in case.ledger.lines(source)]
        for side in (
            (Source.OPENING_BALANCE, Source.INCOME, Source.SURPLUS_USED),
            (Source.EXPENDITURE, Source.SURPLUS_DISTRIBUTED, Source.CLOSING_BALANCE),
        )
    )
    for name, funds in [(FUND_NAMES[fund], (fund,)) for fund in FISCAL_FUNDS] + [
        ("非财政拨款", (*UNIT_FUNDS, Fund.SPECIAL_ACCOUNT))
    ]:
        came, went = ([line for line in side if line.fund in funds] for side in (left, right))
        if total(came) != total(went):
            said = (
                f"{name}年初结转加本年收入{in_yuan(total(came))}，"
                f"本年支出加年末结转{in_yuan(total(went))}，{difference(came, went)}"
            )
            hint = with_slip(came, went, "核对income、expenditure和各项结转结余")
            yield error("R010", said, (came or went)[0].place, hint)


def fund_balances_have_codes(case: Case) -> Iterator[Diagnostic]:
    """R011: 年初 and 年末结转和结余 of 政府性基金 name their 科目 (公开07表)."""
    for source in (Source.OPENING_BALANCE, Source.CLOSING_BALANCE):
        for line in case.ledger.lines(source):
            if line.fund is Fund.GOVERNMENT_FUND and line.function_code is None and line.amount:
                yield error(
                    "R011", "政府性基金的结转和结余没有写科目", line.place, "加上function，例如function: 2120803"
                )


def fund_balances_hold_by_code(case: Case) -> Iterator[Diagnostic]:
    """R015: 年初结转和结余 + 本年收入 = 本年支出 + 年末结转和结余 for each 科目 of 政府性基金 (公开07表)."""
    came = _government_fund(case, Source.OPENING_BALANCE, Source.INCOME)
    went = _government_fund(case, Source.EXPENDITURE, Source.CLOSING_BALANCE)
    for key in sorted(came.keys() | went.keys()):
        left, right = came.get(key, []), went.get(key, [])
        if total(left) != total(right):
            name = case.disclosure.dictionaries[Classification.FUNCTION].name(key[0])
            said = (
                f"{key[0]}{name}年初结转加本年收入{in_yuan(total(left))}，"
                f"本年支出加年末结转{in_yuan(total(right))}，{difference(left, right)}"
            )
            hint = with_slip(left, right, "核对写了这个科目的收入、支出和结转结余各行")
            yield error("R015", said, (left or right)[0].place, hint)


def codes_are_paid_from_income(case: Case) -> Iterator[Diagnostic]:
    """R028: what the 科目 of a fund spend beyond their income is within its 年初结转和结余, and what they leave is within
    its 年末结转和结余 (公开02, 03表); of 政府性基金 R015 says so code by code.
    """
    dictionary = case.disclosure.dictionaries[Classification.FUNCTION]
    for fund in (Fund.GENERAL, Fund.STATE_CAPITAL):
        opening, received, spent, closing = (
            [line for line in case.ledger.lines(source) if line.fund is fund]
            for source in (Source.OPENING_BALANCE, Source.INCOME, Source.EXPENDITURE, Source.CLOSING_BALANCE)
        )
        if total([*opening, *received]) != total([*spent, *closing]):
            continue  # R010
        income, expenditure = _alike(received, spent)
        lines = {key: [*expenditure.get(key, []), *income.get(key, [])] for key in sorted({*income, *expenditure})}
        left = {key: total(income.get(key, [])) - total(expenditure.get(key, [])) for key in lines}
        for sign, name, balance in ((-1, "年初", total(opening)), (1, "年末", total(closing))):
            beyond = {key: sign * amount for key, amount in left.items() if sign * amount > 0}
            if sum(beyond.values()) <= max(balance, ZERO):
                continue
            more, less = ("支出", "收入") if sign < 0 else ("收入", "支出")
            for key, amount in beyond.items():
                said = (
                    f"{key[0]}{dictionary.name(key[0])}本年{more}比{less}多{in_yuan(amount)}，"
                    f"{FUND_NAMES[fund]}{name}结转和结余只有{in_yuan(balance)}"
                )
                hint = "核对收入和支出写了这个科目的各行，多半有一行科目写错了"
                yield warning("R028", said, lines[key][0 if sign < 0 else -1].place, hint)


def _alike(*sides: list[Line]) -> tuple[dict[Key, list[Line]], ...]:
    """The lines of each side by their 科目, as coarse as the coarsest of them is."""
    digits = min((len(line.function_code or "") for side in sides for line in side), default=0)
    coarse = ([replace(line, function_code=(line.function_code or "")[:digits]) for line in side] for side in sides)
    return tuple(grouped(side, "function_code") for side in coarse)


def _government_fund(case: Case, *sources: Source) -> dict[Key, list[Line]]:
    """The lines of 政府性基金 of these sources by their 科目; R011 asks for those that have none."""
    lines = (line for source in sources for line in case.ledger.lines(source) if line.fund is Fund.GOVERNMENT_FUND)
    return grouped((line for line in lines if line.function_code), "function_code")
