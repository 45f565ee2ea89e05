"""What was exported comes back as the same facts, to the 分."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discgen.export.as_csv import as_csv, lines_csv
from discgen.export.as_xlsx import as_xlsx
from discgen.ledger.ledger import Ledger
from discgen.load.target import Target
from discgen.model.disclosure import Disclosure
from discgen.model.line import STAGES, Source
from discgen.tables.build import build_tables
from discgen.tables.table import Table
from tests.conftest import Demo, budgets
from tests.export.workspaces import TARGETS, document_of
from tests.importing.workspaces import Empty, facts_in
from tests.readback import PUTUO_2024, ROOT


def empty_for(root: Path, target: Target) -> Empty:
    """A workspace with the department's own file only."""
    department = ROOT / "departments" / target.department / "department.yaml"
    return Empty(root, target, department.read_text(encoding="utf-8"))


@pytest.mark.parametrize("target", TARGETS, ids=str)
def test_lines_come_back_as_they_were(target: Target, tmp_path: Path) -> None:
    facts = document_of(target).disclosure
    empty = empty_for(tmp_path, target)
    empty.take(empty.give("lines.csv", lines_csv(facts)), form=facts.form)
    back = empty.facts()
    assert {source: facts_in(back.lines, source) for source in facts.lines} == {
        source: facts_in(facts.lines, source) for source in facts.lines
    }
    assert [(project.id, project.name, project.category) for project in back.projects] == [
        (project.id, project.name, project.category) for project in facts.projects
    ]


@pytest.mark.parametrize("target", TARGETS, ids=str)
def test_lines_say_nothing_new_where_they_came_from(target: Target, tmp_path: Path) -> None:
    """The files that the lines were exported from, written by hand, are neither changed nor refused."""
    shutil.copytree(ROOT / "departments" / target.department, tmp_path / "departments" / target.department)
    empty = Empty(tmp_path, target, department=None)
    assert not empty.plan(empty.give("lines.csv", lines_csv(document_of(target).disclosure))).texts


@pytest.mark.parametrize("target", TARGETS, ids=str)
def test_tables_come_back_as_they_were(target: Target, tmp_path: Path) -> None:
    """The tables of what was imported are those it was imported from, but for what is only counted."""
    document = document_of(target)
    empty = empty_for(tmp_path, target)
    [(name, data)] = as_xlsx(document).items()
    plan = empty.take(empty.give(name, data), form=document.disclosure.form)
    made = build_tables(document.form, _ledger(empty.facts()), empty.facts())
    original = build_tables(document.form, _ledger(document.disclosure), document.disclosure)
    compared = 0
    for old, new in zip(original, made, strict=True):
        if not _is_of_projects(old.id) and not _is_of_others(old.id, target):
            assert _amounts(new) == _amounts(old), (old.title, plan.remarks)
            compared += 1
    assert compared >= 8


def test_what_accounts_were_to_be_is_left_to_the_budget_and_said(tmp_path: Path) -> None:
    document = document_of(PUTUO_2024)
    empty = empty_for(tmp_path, PUTUO_2024)
    [(name, data)] = as_xlsx(document).items()
    plan = empty.take(empty.give(name, data), form=document.disclosure.form)
    assert "表里的年初预算数没有导入：由同年的budget.yaml得出，没有的填写approved" in plan.remarks
    assert facts_in(empty.facts().lines, Source.THREE_PUBLIC) == facts_in(
        document.disclosure.lines, Source.THREE_PUBLIC
    )


def _ledger(facts: Disclosure) -> Ledger:
    return Ledger(facts.lines, facts.department, STAGES[facts.target.kind])


def _is_of_projects(table: str) -> bool:
    """Projects are compared by their amounts below: their order is that of files."""
    return table.startswith("projects")


def _is_of_others(table: str, target: Target) -> bool:
    """决算's last table counts vehicles, and splits 机关运行经费 by units that its tables do not name; 年初预算 is the budget's."""
    return (target.kind == "accounts" and table == "related-information") or (target, table) == (
        PUTUO_2024,
        "three-public",
    )


def _amounts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


BY_UNIT = "_example-units"
"""A department whose lines say their units, which its tables add up."""


@pytest.mark.parametrize(
    "target", [target for target in TARGETS if target.kind == "budget" and target.department != BY_UNIT], ids=str
)
def test_what_tables_settle_comes_back_line_by_line(target: Target, tmp_path: Path) -> None:
    facts = document_of(target).disclosure
    empty = empty_for(tmp_path, target)
    [(name, data)] = as_xlsx(document_of(target)).items()
    plan = empty.take(empty.give(name, data), form=facts.form)
    back = empty.facts()
    if not any(remark.startswith("表里分不清") for remark in plan.remarks):
        for source in (Source.INCOME, Source.EXPENDITURE):
            assert facts_in(back.lines, source) == facts_in(facts.lines, source)
    without = ("function_code", "unit", "category", "project")
    if any(table.id.startswith("projects") for table in document_of(target).tables):
        lost = facts_in(facts.lines, Source.PROJECT, without) - facts_in(back.lines, Source.PROJECT, without)
        assert all(fact[2] in ("special_account", "unit_funds") for fact in lost), (
            "only what table 13 has no column for"
        )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(budget=budgets(), data=st.data())
def test_any_ledger_comes_back_in_any_order_of_columns_with_totals_in_it(
    tmp_path: Path, budget: tuple[str, list[tuple[str, str, str]]], data: st.DataObject
) -> None:
    root = tmp_path / "case"
    shutil.rmtree(root, ignore_errors=True)
    demo = Demo(root / "from")
    demo.replace_budget(*budget)
    facts = demo.facts()
    rows = [[*row] for row in csv.reader(io.StringIO(lines_csv(facts)))]
    order = data.draw(st.permutations(range(len(rows[0]))))
    amount = rows[0].index("amount")
    at = data.draw(st.integers(2, len(rows)))
    subtotal = sum(_fen(row[amount]) for row in rows[1:at])
    total = sum(_fen(row[amount]) for row in rows[1:])
    message = rows[0].index("unit_name")
    inserted = [*rows[:at], _total(rows[0], amount, message, "小计", subtotal), *rows[at:]]
    inserted.append(_total(rows[0], amount, message, "合 计", total))
    text = io.StringIO()
    csv.writer(text).writerows([row[column] for column in order] for row in inserted)
    empty = Empty(root / "to", department=(demo.folder / "department.yaml").read_text(encoding="utf-8"))
    empty.take(empty.give("lines.csv", text.getvalue()))
    back = empty.facts()
    for source in facts.lines:
        assert facts_in(back.lines, source) == facts_in(facts.lines, source)


def _fen(yuan: str) -> int:
    whole, _, rest = yuan.partition(".")
    return int(whole) * 100 + int((rest + "00")[:2])


def _total(heads: list[str], amount: int, message: int, label: str, fen: int) -> list[str]:
    row = [""] * len(heads)
    row[message], row[amount] = label, f"{fen // 100}.{fen % 100:02}"
    return row


@pytest.mark.parametrize("name", ["=扫描", "＝扫描", "－扫描", "'=扫描", "“+扫描”"])
def test_a_name_that_was_made_inert_comes_back_as_it_was(workspace: Demo, tmp_path: Path, name: str) -> None:
    workspace.edit("2023/projects/2-scan.yaml", "name: 档案扫描", f'name: "{name}"')
    document = workspace.document()
    department = (workspace.folder / "department.yaml").read_text(encoding="utf-8")
    empty = Empty(tmp_path / "empty", document.disclosure.target, department)
    empty.take(empty.give("lines.csv", as_csv(document)["lines.csv"].decode()), form=document.disclosure.form)
    assert name in [project.name for project in empty.facts().projects]
