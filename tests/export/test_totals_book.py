"""Several departments exported at once: their own workbooks, and their main figures side by side."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from discgen.cli import cli
from tests.conftest import Demo


def run(demo: Demo, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["export", "-C", str(demo.workspace.root), *arguments])


def totals(demo: Demo) -> list[dict[str, object]]:
    sheet = load_workbook(demo.workspace.root / "build/各部门主要数.xlsx")["主要数"]
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


@pytest.fixture
def two(accounts: Demo) -> Demo:
    """The department with budget and accounts, and another with a budget."""
    folder = accounts.folder.parent / "other"
    shutil.copytree(accounts.folder, folder)
    (folder / "2023/accounts.yaml").unlink()
    (folder / "2023/accounts-narrative.yaml").unlink()
    department = folder / "department.yaml"
    text = department.read_text(encoding="utf-8").replace("示范市档案局", "示范市审计局").replace("026", "027")
    department.write_text(text, encoding="utf-8")
    return accounts


def test_figures_of_budgets_and_accounts_stand_side_by_side_in_yuan(two: Demo) -> None:
    done = run(two, "demo", "other/2023", "--format", "xlsx")
    assert done.exit_code == 0, done.output
    rows = totals(two)
    assert [(row["部门编码"], row["文件夹"], row["种类"]) for row in rows] == [
        ("026", "demo", "决算"),
        ("026", "demo", "预算"),
        ("027", "other", "预算"),
    ]
    budget = rows[1]
    assert (budget["收入总计（元）"], budget["支出总计（元）"]) == (1_000_000, 1_000_000)
    assert (budget["“三公”经费（元）"], budget["机关运行经费（元）"]) == (60_000, 190_000)
    assert budget["政府采购预算（元）"] == 110_000
    assert Path(two.workspace.root / "build/other/2023-budget-export/2023-budget.xlsx").exists()


def test_one_with_errors_is_left_out_and_told_and_the_others_are_there(two: Demo) -> None:
    budget = two.folder.parent / "other/2023/budget.yaml"
    budget.write_text(budget.read_text(encoding="utf-8").replace("amount: 100}", "amount: 101}"), encoding="utf-8")
    done = run(two, "demo", "other", "--format", "xlsx")
    assert done.exit_code == 1
    assert "departments/other/2023/budget.yaml:5:5 错误 R001" in done.stderr
    assert [row["文件夹"] for row in totals(two)] == ["demo", "demo"]


@pytest.mark.parametrize("options", [["--format", "csv"], ["--format", "xlsx", "-o", "build/x"]])
def test_what_would_be_written_under_the_same_names_is_refused(two: Demo, options: list[str]) -> None:
    done = run(two, "demo", "other", *options)
    assert done.exit_code == 2
    assert "几个部门一起导出，只用--format xlsx" in done.stderr
