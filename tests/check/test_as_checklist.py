"""公开情况检查表: which row a finding belongs to, and what is said of rows that were not reached."""

from __future__ import annotations

import re

from msgspec.structs import replace

from discgen.check.as_checklist import as_checklist
from discgen.check.checked import Checked, TargetChecked
from discgen.check.checklist import AFTER_TABLES, BEFORE_TABLES, rows_of
from discgen.check.listing import no_lines
from discgen.check.run import check_targets
from discgen.diagnostics import Place, error
from discgen.form.form import load_form
from discgen.rules.catalogue import load_rules
from tests.conftest import Demo

ROW = re.compile(r" *\d+  (\S(?:.*?\S)?) {2,}(通过|有问题|无法判断) *(.*)")


def told(demo: Demo) -> dict[str, tuple[str, str]]:
    """Verdict and codes by row."""
    text = as_checklist(check_targets(demo.workspace, [demo.target], with_checklist=True))
    rows = [match.groups() for line in text.splitlines() if (match := ROW.fullmatch(line))]
    return {name: (verdict, codes) for name, verdict, codes in rows}


def faulty(demo: Demo) -> dict[str, str]:
    return {name: codes for name, (verdict, codes) in told(demo).items() if verdict == "有问题"}


def test_each_rule_names_a_row_that_there_is() -> None:
    names = {row.name for row in (*BEFORE_TABLES, *AFTER_TABLES)}
    assert {page.checklist for page in load_rules().values() if page.checklist} <= names


def test_the_rows_are_those_of_the_bureau_with_each_table_of_the_form(workspace: Demo) -> None:
    rows = list(told(workspace))
    assert rows[:7] == ["及时性", "封面", "目录", "主要职能", "机构设置", "名词解释", "编制说明"]
    assert rows[7] == "预算公开表1 2023年预算收支总表"
    assert len(rows) == 7 + 13 + 2
    assert rows[-2:] == ["其他说明", "项目情况"]


def test_what_is_in_order_passes_and_timeliness_cannot_be_told_without_dates(workspace: Demo) -> None:
    rows = told(workspace)
    assert rows.pop("及时性") == (
        "无法判断",
        "budget.yaml没有写approved_on和published_on，请自行核对：批复后20日内公开",
    )
    assert set(rows.values()) == {("通过", "")}


def dated(demo: Demo, **days: str) -> tuple[str, str]:
    """The row 及时性 of a budget with these days."""
    lines = "".join(f"{key}: {day}\n" for key, day in days.items())
    demo.edit("2023/budget.yaml", "unit: 万元\n", f"unit: 万元\n{lines}")
    return told(demo)["及时性"]


def test_timeliness_passes_where_the_dates_are_near_enough(workspace: Demo) -> None:
    row = dated(workspace, approved_on="2023-02-06", published_on="2023-02-26")
    assert row == ("通过", "2023年2月6日批复，2023年2月26日公开")


def test_timeliness_is_faulty_where_publication_is_late(workspace: Demo) -> None:
    assert dated(workspace, approved_on="2023-02-06", published_on="2023-02-27") == ("有问题", "Y011")


def test_timeliness_tells_the_last_day_where_only_approval_is_known(workspace: Demo) -> None:
    row = dated(workspace, approved_on="2023-02-06")
    assert row == ("无法判断", "2023年2月6日批复，应在2023年2月26日以前公开；公开后在budget.yaml写published_on")


def test_a_row_with_nothing_but_what_is_waived_says_why(workspace: Demo) -> None:
    workspace.edit("2023/projects/1-store.yaml", "whole_period: {local: 270000}", "whole_period: {local: 1}")
    workspace.edit("2023/projects/2-scan.yaml", "whole_period: {local: 90000}", "whole_period: {local: 1}")
    waiver = 'waivers:\n  - {code: G002, at: "projects/*", count: 2, reason: 批复就是这样。, until: 2023}\n'
    workspace.write("2023/waivers.yaml", waiver)
    text = as_checklist(check_targets(workspace.workspace, [workspace.target], with_checklist=True))
    assert "项目情况" + " " * 47 + "豁免（G002×2：批复就是这样）\n" in re.sub(" {3,}", " " * 47, text)
    assert text.endswith("没有发现问题\n另有2条已豁免")
    workspace.edit("2023/projects/1-store.yaml", "这是概况", "这是概况888元")
    assert faulty(workspace) == {"项目情况": "P004、豁免（G002×2：批复就是这样）"}


def test_a_line_is_told_at_the_tables_that_show_it(workspace: Demo) -> None:
    workspace.edit(
        "2023/budget.yaml",
        "department: 30101, government: 50101, amount: 40",
        "department: 30101, government: 50101, amount: 41",
    )
    assert workspace.found() == ["2023/budget.yaml:11:5 R002"]
    assert faulty(workspace) == {"预算公开表6 2023年一般公共预算安排基本支出分经济科目表（不含上年结转）": "R002"}


def test_prose_is_told_where_it_is_printed(workspace: Demo) -> None:
    workspace.edit("2023/narrative.yaml", "收集和保管档案", "收集档案999元")
    workspace.edit("2023/narrative.yaml", "  income: 新增库房项目\n", "")
    workspace.edit("2023/projects/1-store.yaml", "这是概况", "这是概况888元，又777元")
    assert faulty(workspace) == {"主要职能": "P004", "编制说明": "P006", "项目情况": "P004×2"}


def test_a_row_that_errors_keep_from_being_reached_has_not_passed(workspace: Demo) -> None:
    workspace.edit("department.yaml", "name: 示范市档案局\nshort", "naam: 示范市档案局\nshort")
    rows = told(workspace)
    assert rows["封面"][0] == "有问题"
    assert rows["预算公开表1 2023年预算收支总表"] == ("无法判断", "先改好写法和科目的错误，才能查到这里")
    assert "通过" not in {verdict for verdict, _ in rows.values()}


def test_without_a_document_a_section_is_told_at_the_tables_it_feeds(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "function: 2080505", "function: 2080599999")
    rows = faulty(workspace)
    assert "预算公开表3 2023年预算支出总表" in rows
    assert "预算公开表6 2023年一般公共预算安排基本支出分经济科目表（不含上年结转）" not in rows


def test_without_a_form_there_is_one_row_for_all_tables(workspace: Demo) -> None:
    workspace.write("2023/budget.yaml", "form: [")
    rows = told(workspace)
    assert rows["报表"][0] == "有问题"
    assert not any("公开表" in name for name in rows)
    workspace.write("2023/budget.yaml", "form: none\nyear: 2023\nunit: 万元\nincome: []\n")
    assert "报表" in told(workspace)


def test_what_spoils_a_file_spoils_every_row_it_feeds(workspace: Demo) -> None:
    workspace.write("2023/narrative.yaml", "overview: [")
    assert faulty(workspace) == {"主要职能": "L005", "机构设置": "L005", "编制说明": "L005", "其他说明": "L005"}


def test_what_is_about_the_facts_as_a_whole_is_told_at_the_explanations(workspace: Demo) -> None:
    facts = f"departments/demo/2023/{workspace.target.kind}.yaml"
    result = replace(workspace.compose(), findings=(error("R019", "x", Place(facts)),))
    checklist = rows_of(result, load_form("shanxi-budget-2023"))
    checked = Checked((TargetChecked(result.target, result.findings, checklist=checklist),), no_lines)
    assert [line.split()[1] for line in as_checklist(checked).splitlines() if "R019" in line] == ["编制说明"]


def test_what_belongs_to_no_row_is_told_at_the_end(workspace: Demo) -> None:
    workspace.write(
        "2023/waivers.yaml", 'waivers:\n  - {code: G002, at: "projects/*", reason: 批复就是这样。, until: 2023}\n'
    )
    assert faulty(workspace) == {"其他": "W001"}


def test_each_target_has_its_list(accounts: Demo) -> None:
    text = as_checklist(check_targets(accounts.workspace, accounts.workspace.targets(), with_checklist=True))
    assert "公开情况检查表　demo/2023\n" in text
    assert "公开情况检查表　demo/2023/accounts\n" in text


def test_accounts_have_rows_of_their_own_and_their_tables_as_they_are_printed(accounts: Demo) -> None:
    checked = check_targets(accounts.workspace, [accounts.target], with_checklist=True)
    names = [line[5:].split("  ")[0] for line in as_checklist(checked).splitlines()]
    assert {"情况说明", "绩效自评", "公开01表 收入支出决算总表", "公开10表 部门决算公开相关信息统计表"} <= set(names)
    assert not {"编制说明", "项目情况"} & set(names)


def test_projects_that_differ_from_expenditure_fault_the_tables_of_both(workspace: Demo) -> None:
    workspace.edit("2023/projects/2-scan.yaml", "- {amount: 90000}", "- {amount: 80000}")
    rows = [name for name, codes in faulty(workspace).items() if "R003" in codes]
    assert any("项目支出预算表（本年预算）" in name for name in rows)
    assert any("支出总表" in name for name in rows)
