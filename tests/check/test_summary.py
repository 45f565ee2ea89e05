"""`discgen check --summary`: what is counted by year and kind, and who is missing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from discgen.cli import cli
from tests.conftest import Demo
from tests.readback import ROOT

SCHEMA = json.loads((ROOT / "schema/summary.schema.json").read_text(encoding="utf-8"))


def run(demo: Demo, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["check", "-C", str(demo.workspace.root), "--summary", *arguments])


def years(demo: Demo, *arguments: str) -> dict[tuple[int, str], dict[str, Any]]:
    """What the summary says as JSON, by year and kind."""
    written = json.loads(run(demo, "--format", "json", *arguments).stdout)
    Draft202012Validator(SCHEMA).validate(written)
    return {(one["year"], one["kind"]): one for one in written["years"]}


def missing(demo: Demo, *arguments: str, year: int = 2023) -> list[tuple[str, str, bool, bool]]:
    """Who is missing of the budgets of a year: folder, name, and why."""
    found = years(demo, *arguments)[year, "budget"]["missing"]
    return [(one["department"], one["name"], one["had_last_year"], one["expected"]) for one in found]


def add(demo: Demo, name: str, code: str, *, year: int) -> Path:
    """Another department, with the budget of one year."""
    folder = demo.folder.parent / name
    shutil.copytree(demo.folder, folder)
    if year != 2023:
        (folder / "2023").rename(folder / str(year))
        budget = folder / str(year) / "budget.yaml"
        budget.write_text(budget.read_text(encoding="utf-8").replace("year: 2023", f"year: {year}"), encoding="utf-8")
    department = folder / "department.yaml"
    text = department.read_text(encoding="utf-8").replace("示范市档案局", f"示范市{name}局").replace("026", code)
    department.write_text(text, encoding="utf-8")
    return folder


def test_documents_are_counted_with_what_was_found_in_them(accounts: Demo) -> None:
    accounts.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
    accounts.edit("2023/narrative.yaml", "人员增加", "人员增加，收入100万元")
    add(accounts, "甲", "027", year=2023)
    (accounts.folder.parent / "甲/2023/accounts.yaml").unlink()
    counted = years(accounts)
    budgets, of_accounts = counted[2023, "budget"], counted[2023, "accounts"]
    assert (budgets["departments"], of_accounts["departments"]) == (2, 1)
    assert [(one["name"], one["code"]) for one in budgets["documents"]] == [
        ("示范市档案局", "026"),
        ("示范市甲局", "027"),
    ]
    assert [(one["errors"], one["warnings"]) for one in budgets["documents"]] == [(1, 1), (1, 1)]
    assert (budgets["errors"], budgets["warnings"], budgets["waived"]) == (2, 2, 0)


def test_a_person_is_told_by_lines_that_stand_below_each_other(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
    add(workspace, "甲", "027", year=2022)
    done = run(workspace, "demo", "甲")
    assert (done.exit_code, done.stdout.splitlines()[:2]) == (
        1,
        ["年度  种类  部门  缺  错误  警告  已豁免", "2023  预算     1   1     1     0       0"],
    )
    said = done.stdout.splitlines()
    at = said.index("2023年预算：")
    assert said[at + 1 : at + 3] == ["  缺　027 示范市甲局（甲），去年有", "  026 示范市档案局（demo/2023），1个错误"]


def test_what_is_waived_is_counted_by_itself(workspace: Demo) -> None:
    workspace.edit("2023/projects/1-store.yaml", "whole_period: {local: 270000}", "whole_period: {local: 1}")
    row = "{code: G002, at: projects/*, says: '1元，少于年度资金270,000元', reason: 批复就是这样。, until: 2023}"
    workspace.write("2023/waivers.yaml", f"waivers:\n  - {row}\n")
    counted = years(workspace)[2023, "budget"]
    assert (counted["errors"], counted["waived"], counted["documents"][0]["waived"]) == (0, 1, 1)


def test_who_had_one_last_year_and_has_none_is_missing(workspace: Demo) -> None:
    add(workspace, "甲", "027", year=2022)
    add(workspace, "乙", "028", year=2021)
    assert missing(workspace) == [("甲", "示范市甲局", True, False)]
    assert missing(workspace, year=2022) == [("乙", "示范市乙局", True, False)]


def test_who_was_merged_into_another_is_not(workspace: Demo) -> None:
    add(workspace, "gone", "027", year=2022)
    workspace.edit("2023/budget.yaml", "unit: 万元\n", "unit: 万元\nmerged_from: [gone]\n")
    assert missing(workspace) == []


def test_those_that_were_asked_for_are_missed_and_no_others(workspace: Demo) -> None:
    add(workspace, "甲", "027", year=2022)
    workspace.workspace.root.joinpath("expected.yaml").write_text(
        "departments: [{name: 示范市乙局}]\n", encoding="utf-8"
    )
    assert missing(workspace, "demo") == []


EXPECTED = """\
departments:
  - {code: 026, name: 名单上的旧名称}
  - {name: 示范市甲局}
  - {code: 028, name: 示范市乙局}
  - {code: 029, name: 示范市丙局}
"""


def test_who_is_expected_is_missed_by_code_or_by_name_in_the_newest_year(workspace: Demo) -> None:
    add(workspace, "甲", "027", year=2023)
    add(workspace, "乙", "028", year=2022)
    workspace.workspace.root.joinpath("expected.yaml").write_text(EXPECTED, encoding="utf-8")
    assert missing(workspace) == [("乙", "示范市乙局", True, True), ("", "示范市丙局", False, True)]
    assert missing(workspace, year=2022) == []
    assert "  缺　029 示范市丙局，名单上有" in run(workspace).stdout.splitlines()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("departments: [{code: 1, name: 甲局}]\n", "expected.yaml:1:22 错误 S005"),
        ("departments: [\n", "expected.yaml:2:1 错误 L005"),
        ("部门: []\n", "expected.yaml:1:1 错误 S00"),
    ],
)
def test_a_list_that_is_not_in_order_is_a_finding_and_the_rest_is_told(
    workspace: Demo, written: str, said: str
) -> None:
    workspace.workspace.root.joinpath("expected.yaml").write_text(written, encoding="utf-8")
    done = run(workspace)
    assert done.exit_code == 1
    assert said in done.stderr
    assert "2023  预算     1" in done.stdout


def test_a_workbook_has_the_years_the_documents_and_who_is_missing(workspace: Demo) -> None:
    add(workspace, "甲", "027", year=2022)
    path = workspace.workspace.root / "汇总.xlsx"
    for _ in range(2):  # a second one takes the place of the first
        done = run(workspace, "--format", "xlsx", "-o", str(path))
        assert done.stdout == f"→ {path}\n"
    book = load_workbook(path)
    rows = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    assert list(rows) == ["汇总", "部门", "缺"]
    assert rows["汇总"][1][:4] == (2023, "预算", 1, 1)
    assert [row[:4] for row in rows["部门"][1:]] == [
        ("026", "示范市档案局", "demo", 2023),
        ("027", "示范市甲局", "甲", 2022),
    ]
    assert rows["缺"][1] == (2023, "预算", "027", "示范市甲局", "甲", "是", None)


def test_nothing_unchanged_is_composed_again(workspace: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    CliRunner().invoke(cli, ["check", "-C", str(workspace.workspace.root)])
    monkeypatch.setattr("discgen.check.one.compose", None)
    assert years(workspace)[2023, "budget"]["documents"][0]["name"] == "示范市档案局"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--summary", "--format", "sarif"], "--summary的写法有text、json、xlsx"),
        (["--summary", "--format", "xlsx"], "写明写到哪里"),
        (["--format", "xlsx", "-o", "x.xlsx"], "是汇总的工作簿"),
        (["--summary", "-o", "x.xlsx"], "-o用于检查表和汇总"),
    ],
)
def test_options_that_do_not_fit_are_refused(workspace: Demo, options: list[str], said: str) -> None:
    done = CliRunner().invoke(cli, ["check", "-C", str(workspace.workspace.root), *options])
    assert done.exit_code == 2
    assert said in done.stderr
