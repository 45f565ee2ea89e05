"""Sentences of the forms as a reader meets them."""

from __future__ import annotations

import re

import pytest

from discgen.form.files import form_names
from discgen.form.form import Scope, load_form
from discgen.narrative.blocks import Paragraph
from tests.accounts import NO_PRIOR
from tests.conftest import Demo


def set_form(demo: Demo, form: str) -> None:
    """The year's facts in another form of the same kind; its projects have a category, which some forms ask for, and it
    has one unit where the form is a unit's.
    """
    name = f"2023/{demo.target.kind}.yaml"
    facts = (demo.folder / name).read_text(encoding="utf-8")
    demo.write(name, re.sub("^form: .*", f"form: {form}", facts, flags=re.MULTILINE))
    for path in demo.folder.glob("2023/projects/*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("goal_sheet:", "category: specific\ngoal_sheet:"), encoding="utf-8")
    if load_form(form).scope is Scope.UNIT:
        for path in (demo.folder / "department.yaml", *demo.folder.glob("2023/**/*.yaml")):
            text = re.sub("\n  - {id: archive.*", "", path.read_text(encoding="utf-8"))
            path.write_text(text.replace("unit: archive", "unit: agency"), encoding="utf-8")


def paragraphs(demo: Demo) -> list[str]:
    result = demo.compose()
    assert result.document is not None
    return [block.text for block in result.document.text.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("form", form_names())
def test_a_single_duty_has_no_number(workspace: Demo, form: str) -> None:
    if load_form(form).kind == "accounts":
        workspace.add_accounts()
    set_form(workspace, form)
    assert "收集和保管档案。" in paragraphs(workspace)


def test_numbered_parts_follow_a_colon(accounts: Demo) -> None:
    # goods of 19 for 公用经费, and now 办公设备 of 2
    accounts.edit("2023/accounts.yaml", "30201, unit: archive, amount: 2", "31002, unit: archive, amount: 2")
    [told] = [text for text in paragraphs(accounts) if text.startswith("公用经费")]
    assert "主要包括：（1）商品和服务支出19.00万元，其中：" in told
    assert told.endswith("；（2）资本性支出2.00万元，为办公设备购置2.00万元。")


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
    for path in workspace.folder.glob("2023/projects/*.yaml"):
        head = path.read_text(encoding="utf-8").split("goal_sheet:\n")[0]
        path.write_text(f"{head}category: specific\n", encoding="utf-8")
    workspace.edit(
        "2023/budget.yaml",
        "procurement:",
        "assets: {vehicles: {authorised: 0, owned: 0}, office_area: 1}\nprocurement:",
    )
    [told] = [text for text in paragraphs(workspace) if "绩效目标管理" in text]
    assert "这些项目的绩效目标表未随本文件公开。" in told
    assert told.endswith("另附示范市统计调查队的项目绩效目标表1张，是该单位的项目，不在上述2个之内：")


def test_a_project_whose_goal_sheet_is_not_attached_is_counted_apart(workspace: Demo) -> None:
    said = "随本文件公开其中1个项目的申报表，其余1个项目的未公开。"
    assert said not in paragraphs(workspace)
    store = workspace.folder / "2023/projects/1-store.yaml"
    store.write_text(store.read_text(encoding="utf-8").split("goal_sheet:\n")[0], encoding="utf-8")
    assert said in paragraphs(workspace)


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


def test_reports_that_are_not_attached_are_told(accounts: Demo) -> None:
    accounts.add_evaluation()
    accounts.edit("2023/accounts.yaml", "procurement:", "performance: {projects: 3, grades: {good: 3}}\nprocurement:")
    said = "随本文件公开项目支出绩效自评分析报告1份，见第五部分；其余2个项目的报告未随本文件公开。"
    assert said in paragraphs(accounts)


def test_where_reports_are_attached_there_is_not_nothing(accounts: Demo) -> None:
    nothing = paragraphs(accounts).count("无。")
    accounts.add_evaluation()
    # neither under 预算绩效情况说明 nor under 附件
    assert paragraphs(accounts).count("无。") == nothing - 2


def test_a_reason_that_income_and_expenditure_share_is_told_once(workspace: Demo) -> None:
    [told] = [text for text in paragraphs(workspace) if "预算收入总计" in text]
    assert told.count("新增库房项目") == 1
    assert told.endswith("支出总计比上年增加20.00万元，增加25.00%。收入和支出变动的主要原因是新增库房项目。")
    assert workspace.found("P036") == []


def test_two_reasons_of_income_and_expenditure_are_both_told(workspace: Demo) -> None:
    workspace.edit("2023/narrative.yaml", "expenditure: 新增库房项目", "expenditure: 新增扫描项目")
    [told] = [text for text in paragraphs(workspace) if "预算收入总计" in text]
    assert "收入总计比上年增加20.00万元，增加25.00%，主要原因是新增库房项目；" in told
    assert told.endswith("支出总计比上年增加20.00万元，增加25.00%，主要原因是新增扫描项目。")


def test_a_change_too_small_for_a_percentage_has_none(workspace: Demo) -> None:
    # 0.01 of 999,999.99万元
    facts = (workspace.folder / "2023/budget.yaml").read_text(encoding="utf-8")
    facts = facts.replace("amount: 100}", "amount: 1000000}").replace("amount: 80}", "amount: 999999.99}")
    workspace.write("2023/budget.yaml", facts.replace("2010301, basic: 61", "2010301, basic: 999961"))
    workspace.edit("2023/budget.yaml", "government: 50101, amount: 40", "government: 50101, amount: 999940")
    [told] = [text for text in paragraphs(workspace) if "预算收入总计" in text]
    assert "收入总计比上年增加0.01万元；" in told


@pytest.mark.parametrize("form", ["shanxi-budget-2023", "shanxi-budget-2024"])
def test_a_list_of_one_is_no_list(workspace: Demo, form: str) -> None:
    facts = (workspace.folder / "2023/budget.yaml").read_text(encoding="utf-8")
    workspace.write(
        "2023/budget.yaml", facts.replace("  - {function: 2080505, basic: 3}\n", "").replace("basic: 61", "basic: 64")
    )
    set_form(workspace, form)
    told = "".join(paragraphs(workspace))
    assert "主要用于一般公共服务支出100.00万元，占100.00%。" in told
    assert "以下方面" not in told


def test_income_and_expenditure_of_one_kind_are_no_list(accounts: Demo) -> None:
    told = paragraphs(accounts)
    assert "2023年度收入合计102.00万元，为财政拨款收入102.00万元，占比100.00%。" in told
    assert any(text.startswith("公用经费") and "主要包括：商品和服务支出" in text for text in told)


def test_vehicles_of_one_use_are_no_list(accounts: Demo) -> None:
    assets = "assets: {vehicles: {owned: 2, owned_by_use: {other: 2}}}\nprocurement:"
    accounts.edit("2023/accounts.yaml", "procurement:", assets)
    [told] = [text for text in paragraphs(accounts) if "共有车辆" in text]
    assert told.startswith("本部门（单位）共有车辆2辆，为其他用车。")


def test_what_a_department_has_not_is_not_listed(workspace: Demo) -> None:
    uses = "leadership: 0, confidential: 0, emergency: 0, enforcement: 0, special: 0, institution: 0, other: 0"
    assets = f"assets: {{vehicles: {{authorised: 0, owned: 0, owned_by_use: {{{uses}}}}}, office_area: 9, equipment: {{general_over_500k: 0}}}}"
    set_form(workspace, "shanxi-budget-2024")
    workspace.edit("2023/budget.yaml", "procurement:", f"{assets}\nprocurement:")
    told = "".join(paragraphs(workspace))
    assert "共有公务用车编制0辆，实有0辆。" in told
    assert "没有占有使用价值50万元（原值）以上的通用设备和价值100万元（原值）以上的专用设备。" in told


def test_a_name_with_a_pause_is_quoted_in_the_list_of_projects(workspace: Demo) -> None:
    workspace.edit("2023/projects/1-store.yaml", "name: 库房改造", "name: 库房改造、加固")
    workspace.add_project("3-move", "2010301", "10", name="搬运")
    assert "市档案局2个：“库房改造、加固”、搬运。" in paragraphs(workspace)


STUMBLES = re.compile(
    "[，；：、。][，；：、。]|支出支出|上年.{0,4}与上年|(?:增加|减少)0(?:[.]0+)?万|主要包括：无|None|（）|：$"
)
INTRODUCES = re.compile("(?:如下|包括|其中|方面|之内)：$")
NO_LAST_YEAR = "prior: {source: 上年没有编}\n"
NO_CHANGE = "prior:\n  source: 上年公开\n  income: [{amount: 100}]\n  expenditure: [{amount: 100}]\n"
LITTLE = """\
form: shanxi-budget-2023
year: 2023
unit: 万元
income: [{fund: general, amount: 0.01}]
expenditure: [{function: 2010301, basic: 0.01}]
basic: [{department: 30101, government: 50101, amount: 0.01}]
"""


def stumbles(demo: Demo) -> list[str]:
    found = [text for text in paragraphs(demo) if STUMBLES.search(text) and not INTRODUCES.search(text)]
    assert not demo.findings("P008"), "a part could not be written"
    return found


BUDGETS = [form for form in form_names() if load_form(form).kind == "budget"]


@pytest.mark.parametrize("form", BUDGETS)
@pytest.mark.parametrize("prior", ["", NO_LAST_YEAR, NO_CHANGE])
def test_sentences_hold_together_with_and_without_a_change(workspace: Demo, form: str, prior: str) -> None:
    set_form(workspace, form)
    if prior:
        facts = (workspace.folder / "2023/budget.yaml").read_text(encoding="utf-8")
        workspace.write("2023/budget.yaml", facts.partition("prior:")[0] + prior)
    assert stumbles(workspace) == []


@pytest.mark.parametrize("form", BUDGETS)
def test_sentences_hold_together_where_there_is_next_to_nothing(workspace: Demo, form: str) -> None:
    for path in workspace.folder.glob("2023/projects/*.yaml"):
        path.unlink()
    department = (workspace.folder / "department.yaml").read_text(encoding="utf-8")
    workspace.write("department.yaml", re.sub("\n  - {id: archive.*", "", department))
    workspace.write("2023/budget.yaml", LITTLE + NO_LAST_YEAR)
    set_form(workspace, form)
    assert stumbles(workspace) == []


@pytest.mark.parametrize("prior", [NO_LAST_YEAR, NO_CHANGE])
def test_sentences_of_accounts_hold_together(accounts: Demo, prior: str) -> None:
    accounts.edit("2023/accounts.yaml", NO_PRIOR, prior)
    assert stumbles(accounts) == []
