"""Sentences of the forms as a reader meets them."""

from __future__ import annotations

import re

import pytest

from discgen.form.form import form_names, load_form
from discgen.narrative.blocks import Paragraph
from tests.accounts import NO_PRIOR
from tests.conftest import Demo


def paragraphs(demo: Demo) -> list[str]:
    result = demo.compose()
    assert result.document is not None
    return [block.text for block in result.document.text.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("form", form_names())
def test_a_single_duty_has_no_number(workspace: Demo, form: str) -> None:
    if load_form(form).kind == "accounts":
        workspace.add_accounts()
    facts = f"2023/{workspace.target.kind}.yaml"
    before = (workspace.folder / facts).read_text(encoding="utf-8")
    workspace.write(facts, re.sub("^form: .*", f"form: {form}", before, flags=re.MULTILINE))
    assert "收集和保管档案。" in paragraphs(workspace)


def test_numbered_parts_follow_a_colon(accounts: Demo) -> None:
    told = [text for text in paragraphs(accounts) if "主要包括" in text and "（1）" in text]
    assert told
    assert all("主要包括：（1）" in text for text in told)


def test_an_item_without_money_is_told_once(accounts: Demo) -> None:
    assert "因公出国（境）费支出0万元，出国（境）团组0个，0人次。" in paragraphs(accounts)
    assert not [text for text in paragraphs(accounts) if "没有这项支出" in text]


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ("", ""),
        (", evaluated: 1, evaluated_amount: 8", "组织对1个项目开展了部门评价，涉及资金8.00万元。"),
        (", evaluated: 2", "组织对2个项目开展了部门评价，涉及资金37.00万元。"),
    ],
)
def test_what_the_department_evaluated_is_told_with_its_money(accounts: Demo, stated: str, told: str) -> None:
    # 项目支出 is 29 and 8.
    performance = f"performance: {{projects: 2, grades: {{good: 2}}{stated}}}\n"
    accounts.edit("2023/accounts.yaml", "procurement:", f"{performance}procurement:")
    [text] = [text for text in paragraphs(accounts) if "自评结果为" in text]
    assert text.partition("“差”。")[2] == told


def test_money_of_some_projects_that_were_evaluated_is_not_all_of_project_expenditure(accounts: Demo) -> None:
    # 项目支出 is 29 and 8.
    performance = "performance: {projects: 1, amount: 29, grades: {good: 1}}\n"
    accounts.edit("2023/accounts.yaml", "procurement:", f"{performance}procurement:")
    [text] = [text for text in paragraphs(accounts) if "自评结果为" in text]
    assert "涉及二级项目1个，资金29.00万元。自评结果为" in text


@pytest.mark.parametrize("stop", ["", "。"])
def test_a_note_on_vehicles_has_one_stop(accounts: Demo, stop: str) -> None:
    accounts.edit("2023/accounts.yaml", "procurement:", "assets: {vehicles: {owned: 2}}\nprocurement:")
    note = f"notes: {{vehicles: 其他用车主要用于公务出行{stop}}}\npurposes:"
    accounts.edit("2023/accounts-narrative.yaml", "purposes:", note)
    [text] = [text for text in paragraphs(accounts) if "共有车辆" in text]
    assert "主要用于公务出行。单价100万元（含）以上设备" in text


def test_goal_sheets_of_another_unit_are_told_with_its_name(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "shanxi-budget-2023", "shanxi-budget-2024")
    lines = (workspace.folder / "2023/projects/1-store.yaml").read_text(encoding="utf-8").split("goal_sheet:\n")
    department = "department: {code: 027, name: 示范市统计局}\nunit: 示范市统计调查队\n"
    workspace.write("2023/goal_sheets/1-survey.yaml", f"name: 调查\n{department}goal_sheet:\n{lines[1]}")
    for name in ("1-store", "2-scan"):
        text = (workspace.folder / f"2023/projects/{name}.yaml").read_text(encoding="utf-8")
        head = text.split("goal_sheet:\n")[0]
        workspace.write(f"2023/projects/{name}.yaml", f"{head}category: specific\n")
    workspace.edit(
        "2023/budget.yaml",
        "procurement:",
        "assets: {vehicles: {authorised: 0, owned: 0}, office_area: 1}\nprocurement:",
    )
    assert [text for text in paragraphs(workspace) if "另附示范市统计调查队的项目绩效目标表1张：" in text]


PRIOR = """\
prior:
  source: 2022年部门决算公开
  income: [{amount: -76}]
  expenditure: [{function: 201, amount: -76}]
"""


def test_a_change_from_less_than_nothing_has_no_percentage(accounts: Demo) -> None:
    # 年初结转2 and 收入102, 76万元 having come back on balance last year.
    accounts.edit("2023/accounts.yaml", NO_PRIOR, PRIOR)
    [told] = [text for text in paragraphs(accounts) if "年度收入总计" in text]
    assert told == (
        "2023年度收入总计104.00万元，支出总计104.00万元。与上年相比，收入总计增加180.00万元；支出总计增加180.00万元。"
    )


def test_an_amount_below_nothing_is_told_with_its_sign(accounts: Demo) -> None:
    accounts.edit("2023/accounts.yaml", "{function: 2080505, basic: 4}", "{function: 2080505, basic: -4}")
    [told] = [text for text in paragraphs(accounts) if "社会保障和就业支出（类）" in text]
    assert told.startswith("社会保障和就业支出（类）-4.00万元，占比-")


def test_where_reports_are_attached_there_is_not_nothing(accounts: Demo) -> None:
    nothing = paragraphs(accounts).count("无。")
    accounts.add_evaluation()
    # neither under 预算绩效情况说明 nor under 附件
    assert paragraphs(accounts).count("无。") == nothing - 2
