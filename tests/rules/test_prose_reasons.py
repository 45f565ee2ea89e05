"""Rules of 文字 (P): reasons and purposes."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from discgen.check.as_text import as_text
from discgen.diagnostics import Diagnostic
from discgen.gather.reader import read_facts
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.reference.codes import Classification, load_dictionary
from discgen.reference.folders import data_folder
from discgen.rules.prose_reasons import other_code
from tests.accounts import NO_PRIOR
from tests.conftest import Demo

ACCOUNTS = "2023/accounts.yaml"
NARRATIVE = "2023/accounts-narrative.yaml"
REASONS = "reasons:\n  expenditure: 人员增加\nreasons_by_code:\n"


@pytest.fixture
def compared(accounts: Demo) -> Demo:
    """Accounts beside those of last year: 97 of 201 as before, 4 of 208 where it was 3, reasons given."""
    prior = "prior:\n  source: 2022年部门决算公开\n  income: [{amount: 102}]\n  expenditure:\n"
    lines = "    - {function: 201, amount: 97}\n    - {function: 208, amount: 3}\n  closing_balance: [{amount: 2}]\n"
    same = "  three_public: [{item: vehicle_operation, amount: 5}]\n  agency_operation: [{unit: agency, amount: 19}]\n"
    accounts.edit(ACCOUNTS, NO_PRIOR, f"{prior}{lines}{same}")
    accounts.edit(NARRATIVE, "purposes:", f"{REASONS}  208: 缴费基数提高\npurposes:")
    return accounts


def test_a_reason_for_each_class_that_changed_is_in_order(compared: Demo) -> None:
    assert compared.found() == []


def test_p006_a_class_that_changed_wants_its_reason(compared: Demo) -> None:
    compared.edit(NARRATIVE, "  208: 缴费基数提高\n", "  {}\n")
    assert compared.found("P006") == [f"{NARRATIVE}:4:1 P006"]
    finding = compared.findings("P006")[0]
    assert finding.message == "社会保障和就业支出比上年增加1.00万元，没有写原因"
    assert finding.hint == (
        "把下面几行贴到accounts-narrative.yaml末尾，再填写：\n"
        "reasons_by_code:\n"
        "  208: 待补充  # 社会保障和就业支出增加的主要原因是"
    )


def test_p006_a_class_that_only_last_year_had_wants_its_reason(compared: Demo) -> None:
    compared.edit(
        ACCOUNTS,
        "    - {function: 208, amount: 3}\n",
        "    - {function: 208, amount: 3}\n    - {function: 213, amount: 6}\n",
    )
    messages = [finding.message for finding in compared.findings("P006") if finding.code == "P006"]
    assert messages == ["农林水支出比上年减少6.00万元，没有写原因"]
    compared.edit(NARRATIVE, "  208: 缴费基数提高\n", "  208: 缴费基数提高\n  213: 任务完成\n")
    assert compared.found("P006") == []


def test_p006_a_change_that_is_not_shown_wants_no_reason(compared: Demo) -> None:
    # 49元 are 0.00万元.
    compared.edit(ACCOUNTS, "function: 201, amount: 97", "function: 201, amount: 97.0049")
    assert "P006" not in " ".join(compared.found("P006"))


def test_p007_a_reason_for_a_class_that_did_not_change_is_a_warning(compared: Demo) -> None:
    compared.edit(NARRATIVE, "  208: 缴费基数提高\n", "  201: 项目增加\n  208: 缴费基数提高\n")
    assert compared.found("P007") == [f"{NARRATIVE}:7:8 P007"]
    assert compared.findings("P007")[0].message == "一般公共服务支出与上年持平，原因却说“增加”"


def test_p007_a_reason_where_last_year_is_not_known_is_a_warning(accounts: Demo) -> None:
    accounts.edit(NARRATIVE, "purposes:", "reasons_by_code:\n  208: 缴费基数提高\npurposes:")
    assert accounts.found("P007") == [f"{NARRATIVE}:5:8 P007"]
    assert accounts.findings("P007")[0].message == "社会保障和就业支出没有上年数，写的原因不会印出"


def test_p006_a_form_without_reasons_by_code_wants_none(workspace: Demo) -> None:
    # 100 against 80, by one line that knows no 科目.
    workspace.edit(
        "2023/budget.yaml", "  expenditure:\n    - {amount: 80}", "  expenditure:\n    - {function: 201, amount: 80}"
    )
    assert workspace.found("P006") == []


def test_reasons_by_code_are_printed_with_their_class(compared: Demo) -> None:
    said = [block.text for block in compared.document().text.blocks if hasattr(block, "text")]
    assert any("较上年决算增加1.00万元，增长33.33%，主要原因是缴费基数提高。" in text for text in said)


def test_p009_a_class_with_money_wants_its_purpose(accounts: Demo) -> None:
    accounts.edit(NARRATIVE, "  208: 养老保险\n", "")
    assert accounts.found("P009") == [f"{NARRATIVE}:4:1 P009"]
    finding = accounts.findings("P009")[0]
    assert finding.message == "208社会保障和就业支出没有写主要用于什么"
    assert finding.hint == (
        "把下面几行贴到accounts-narrative.yaml的“purposes:”那一行下面，再填写：\n"
        "  208: 待补充  # 社会保障和就业支出主要用于"
    )


def test_p009_without_any_purposes_every_class_is_named(accounts: Demo) -> None:
    accounts.edit(NARRATIVE, "purposes:\n  201: 机构运转\n  208: 养老保险\n", "")
    assert [finding.message[:3] for finding in accounts.findings("P009")] == ["201", "208"]
    assert {finding.code for finding in accounts.findings("P009")} == {"P009"}


def test_p009_a_class_that_only_was_approved_wants_no_purpose(accounts: Demo) -> None:
    # What was approved of 208 was not spent on it: nothing to say what for.
    accounts.edit(ACCOUNTS, "{function: 2080505, basic: 4}", "{function: 2010301, basic: 4}")
    accounts.edit(NARRATIVE, "  208: 养老保险\n", "")
    assert accounts.found("P009") == []


@pytest.mark.parametrize("code", ["213", "2010301", "20103"])
def test_p010_a_purpose_of_what_has_no_money_is_a_warning(accounts: Demo, code: str) -> None:
    accounts.edit(NARRATIVE, "  201: 机构运转\n", f"  {code}: 扶贫\n  201: 机构运转\n")
    assert [one.rpartition(" ")[2] for one in accounts.found("P010")] == ["P010"]
    (finding,) = accounts.findings("P010")
    assert (finding.place.line, finding.severity) == (5, "warning")
    assert finding.message == f"{code}没有钱，写的用途不会印出"


def test_p009_a_form_that_wants_no_purposes_has_none(workspace: Demo) -> None:
    assert workspace.found("P009") == []


def test_p009_a_form_by_item_wants_the_purpose_of_each_item(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "shanxi-budget-2023", "shanghai-budget-2025")
    named = [finding.message[:7] for finding in workspace.findings("P009") if finding.code == "P009"]
    assert named == ["2010301", "2010350", "2080505"]


def test_purposes_are_printed_with_their_class(accounts: Demo) -> None:
    said = [block.text for block in accounts.document().text.blocks if hasattr(block, "text")]
    assert any("，用于养老保险。" in text for text in said)


BUDGET_NARRATIVE = "2023/narrative.yaml"
SHANGHAI = "performance: {units: 2, projects: 2, amount: 36}\nassets: {vehicles: {owned: 2}, equipment: {special_over_1m: 0}}\n"


def of(demo: Demo, code: str) -> list[Diagnostic]:
    return [one for one in demo.findings() if one.code == code]


def paste(demo: Demo, hint: str) -> None:
    """Do as the hint says."""
    said, *lines = hint.split("\n")
    path = demo.folder / BUDGET_NARRATIVE
    text = path.read_text(encoding="utf-8")
    if "末尾" in said:
        path.write_text(text.rstrip("\n") + "\n" + "\n".join([*lines, ""]), encoding="utf-8")
        return
    head = said.partition("“")[2].partition("”")[0]
    assert f"\n{head}\n" in text
    path.write_text(text.replace(f"\n{head}\n", "\n" + "\n".join([head, *lines, ""]), 1), encoding="utf-8")


def in_shanghai(demo: Demo) -> None:
    demo.edit("2023/budget.yaml", "shanxi-budget-2023", "shanghai-budget-2025")
    path: Path = demo.folder / "2023/budget.yaml"
    path.write_text(path.read_text(encoding="utf-8") + SHANGHAI, encoding="utf-8")


@pytest.mark.parametrize("begun", [False, True])
@pytest.mark.parametrize("code", ["P009", "P006"])
def test_pasted_the_lines_make_all_findings_of_the_code_vanish(code: str, begun: bool, workspace: Demo) -> None:  # noqa: FBT001
    in_shanghai(workspace)
    path = workspace.folder / BUDGET_NARRATIVE
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next((number for number, line in enumerate(lines) if line.startswith("reasons:")), len(lines))
    begin = {"P009": "purposes:\n  2010350: 档案扫描\n", "P006": "reasons:\n  reception: 接待增加\n"}[code]
    path.write_text("\n".join(lines[:at]) + "\n" + (begin if begun else ""), encoding="utf-8")
    found = of(workspace, code)
    assert found
    assert {one.hint for one in found} == {found[0].hint}
    paste(workspace, found[0].hint)
    assert of(workspace, code) == []
    assert len([one for one in of(workspace, "P011") if one.place.file.endswith(BUDGET_NARRATIVE)]) == len(found)


def test_the_lines_are_printed_once_and_as_they_are_to_stand(workspace: Demo) -> None:
    in_shanghai(workspace)
    found = of(workspace, "P009")
    printed = as_text(found).split("\n")
    assert printed.count("purposes:") == 1
    assert [line for line in printed if line.startswith("  20")] == found[0].hint.split("\n")[2:]


AGENCY = f"{BUDGET_NARRATIVE}:10:21"
"""机关运行经费: 15万元 last year, 19万元 this year."""
THREE_PUBLIC = f"{BUDGET_NARRATIVE}:9:17"
"""“三公”经费: 8万元 last year, 6万元 this year."""


@pytest.mark.parametrize(
    "reason",
    ["人员减少", "压缩日常公用支出", "编制下调，经费随之减少", "办公用房租金降低", "不再安排物业费"],
)
def test_p030_a_reason_of_a_decrease_does_not_explain_an_increase(workspace: Demo, reason: str) -> None:
    workspace.edit(BUDGET_NARRATIVE, "人员增加", reason)
    assert workspace.found() == [f"{AGENCY} P030"]


@pytest.mark.parametrize("reason", ["用车增加", "新增一辆公务用车", "油价上涨，运行费提高"])
def test_p030_a_reason_of_an_increase_does_not_explain_a_decrease(workspace: Demo, reason: str) -> None:
    workspace.edit(BUDGET_NARRATIVE, "压缩用车", reason)
    assert workspace.found() == [f"{THREE_PUBLIC} P030"]


def test_p030_says_what_the_figures_say(workspace: Demo) -> None:
    workspace.edit(BUDGET_NARRATIVE, "压缩用车", "用车增加")
    (finding,) = workspace.check()
    assert finding.message == "“三公”经费比上年减少2.00万元，原因却只说“增加”"


@pytest.mark.parametrize(
    "reason",
    [
        "人员增加，水电费减少",
        "上年压减较多",
        "2022年减少了日常开支",
        "退休人员减少",
        "经费不再压减",
        "承接的审批事项由县里划入",
        "增加的人员使节余减少",
    ],
)
def test_p030_a_reason_of_several_movements_or_of_last_years_may_explain_an_increase(
    workspace: Demo, reason: str
) -> None:
    workspace.edit(BUDGET_NARRATIVE, "人员增加", reason)
    assert workspace.found() == []


@pytest.mark.parametrize(
    "reason",
    [
        "上年新增一辆公务用车",
        "加大资产盘活力度",
        "提高车辆使用效率",
        "未新增公务用车",
        "退休人员增加",
        "增加的用车费由县里负担",
    ],
)
def test_p030_a_reason_may_tell_of_what_grew_and_made_the_cost_fall(workspace: Demo, reason: str) -> None:
    workspace.edit(BUDGET_NARRATIVE, "压缩用车", reason)
    assert workspace.found() == []


def test_p030_the_reason_of_a_class_is_held_to_its_own_change(accounts: Demo) -> None:
    # 208: 3万元 last year, 4万元 this year
    prior = "prior:\n  source: 2022年部门决算公开\n  income: [{amount: 90}]\n  expenditure:\n"
    lines = "    - {function: 201, amount: 97}\n    - {function: 208, amount: 3}\n"
    accounts.edit("2023/accounts.yaml", NO_PRIOR, f"{prior}{lines}")
    reasons = "reasons:\n  expenditure: 人员增加\nreasons_by_code:\n  208: 缴费基数降低\n"
    accounts.edit("2023/accounts-narrative.yaml", "purposes:", f"{reasons}purposes:")
    assert accounts.found("P030") == ["2023/accounts-narrative.yaml:7:8 P030"]


def test_p031_a_reason_about_a_unit_without_any_of_the_money_is_told(workspace: Demo) -> None:
    # 机关运行经费 is all the agency's, this year and last
    workspace.edit(BUDGET_NARRATIVE, "人员增加", "市档案馆人员增加")
    (finding,) = workspace.check()
    assert str(finding.place).endswith(AGENCY)
    assert finding.message == "原因说的是市档案馆，机关运行经费一般公共预算里没有它的钱"


def test_p031_a_unit_that_people_came_from_may_be_named(workspace: Demo) -> None:
    workspace.edit(BUDGET_NARRATIVE, "人员增加", "市档案馆划转的人员增加")
    assert workspace.found() == []


def test_p031_another_department_of_the_workspace_is_told(workspace: Demo) -> None:
    department = (workspace.folder / "department.yaml").read_text(encoding="utf-8")
    other = workspace.folder.parent / "other" / "department.yaml"
    other.parent.mkdir()
    other.write_text(department.replace("档案", "统计"), encoding="utf-8")
    workspace.edit(BUDGET_NARRATIVE, "人员增加", "市统计局人员增加")
    (finding,) = workspace.check()
    assert (finding.code, finding.message) == ("P031", "原因里写的“市统计局”是另一个部门或它的单位")


@pytest.mark.parametrize("year", [2020, 2021, 2024])
def test_p032_a_year_that_is_neither_this_nor_last_is_told(workspace: Demo, year: int) -> None:
    workspace.edit(BUDGET_NARRATIVE, "人员增加", f"{year}年人员增加")
    assert workspace.found() == [f"{AGENCY} P032"]


@pytest.mark.parametrize(
    "reason",
    [
        "2022年人员增加",
        "2023年人员增加",
        "自2019年起人员增加",
        "2019年以来人员增加",
        "按照2019年的规定人员增加",
        "按《2018年机构改革方案》人员增加",
        "按示财发〔2019〕4号人员增加",
        "“十四五”（2021—2025年）期间人员增加",
    ],
)
def test_p032_years_of_documents_plans_and_beginnings_are_right(workspace: Demo, reason: str) -> None:
    workspace.edit(BUDGET_NARRATIVE, "人员增加", reason)
    assert workspace.found() == []


@pytest.fixture
def compared_by_class(accounts: Demo) -> Demo:
    """Accounts whose 208 and “三公” changed since last year; reasons are to be given."""
    prior = "prior:\n  source: 2022年部门决算公开\n  income: [{amount: 90}]\n  expenditure:\n"
    lines = "    - {function: 201, amount: 97}\n    - {function: 208, amount: 3}\n"
    same = "  three_public: [{item: vehicle_operation, amount: 5}]\n  agency_operation: [{unit: agency, amount: 19}]\n"
    accounts.edit(ACCOUNTS, NO_PRIOR, f"{prior}{lines}{same}")
    reasons = "reasons:\n  expenditure: 人员增加\nreasons_by_code:\n  208: 缴费基数提高\n"
    accounts.edit(NARRATIVE, "purposes:", f"{reasons}purposes:")
    return accounts


@pytest.mark.parametrize(
    "reason", ["人员增加，医疗保险缴费提高", "住房公积金缴存比例提高", "卫生健康支出增加，人员增加"]
)
def test_a_reason_that_speaks_of_another_class_is_told_at_its_place(compared_by_class: Demo, reason: str) -> None:
    compared_by_class.edit(NARRATIVE, "缴费基数提高", reason)
    assert compared_by_class.found("P042") == [f"{NARRATIVE}:7:8 P042"]


@pytest.mark.parametrize(
    "reason",
    ["人员增加，养老保险缴费提高", "养老保险与医疗保险缴费基数一并提高", "年内有人员退休", "人员增加，工资调整"],
)
def test_a_reason_that_speaks_of_its_own_class_or_of_none_is_not(compared_by_class: Demo, reason: str) -> None:
    compared_by_class.edit(NARRATIVE, "缴费基数提高", reason)
    assert compared_by_class.found("P042") == []


def test_purposes_that_changed_places_are_told_both_ways_where_both_are_known(accounts: Demo) -> None:
    accounts.edit(NARRATIVE, "201: 机构运转\n  208: 养老保险", "201: 养老保险\n  208: 机构运转")
    assert [f"{one.place.line} {one.code}" for one in accounts.check()] == ["5 P042"]


def test_no_two_purposes_of_a_published_budget_can_change_places_unseen() -> None:
    root = data_folder("schema").parent
    facts, _ = read_facts(Workspace(root), Target("wanli-street", 2025, "budget"))
    assert facts is not None
    names = next(one for key, one in facts.dictionaries.items() if key == "function")
    texts = {code: prose.typed for code, prose in facts.narrative.purposes.items()}
    assert not [code for code, text in texts.items() if other_code(text, code, names, list(texts))]
    pairs = list(combinations(texts, 2))
    unseen = [
        (one, two)
        for one, two in pairs
        if not (other_code(texts[one], two, names, list(texts)) or other_code(texts[two], one, names, list(texts)))
    ]
    assert len(pairs) > 500
    assert unseen == []


@pytest.mark.parametrize(
    ("code", "text", "other"),
    [
        ("2101101", "职工医疗保险缴费", ""),  # more words of 2080505's name than of its own, and yet its own topic
        ("2101101", "在职人员基本医疗保险缴费支出", ""),
        ("2101101", "机关事业单位基本养老保险缴费", "2080505"),
    ],
)
def test_a_purpose_that_names_a_topic_of_its_class_is_not_of_another_class(code: str, text: str, other: str) -> None:
    names = load_dictionary(Classification.FUNCTION, 2025)
    assert other_code(text, code, names, ["2080505", "2101101", "2210201"]) == other


@pytest.mark.parametrize(("reason", "found"), [("来访人员增多", True), ("公务用车老化，维修增多", False)])
def test_a_reason_of_one_of_the_three_public_is_about_it(compared_by_class: Demo, reason: str, *, found: bool) -> None:
    compared_by_class.edit(
        ACCOUNTS, "{item: vehicle_operation, amount: 5}]\n  agency", "{item: vehicle_operation, amount: 2}]\n  agency"
    )
    compared_by_class.edit(
        NARRATIVE,
        "  expenditure: 人员增加\n",
        f"  expenditure: 人员增加\n  three_public: 车辆增加\n  vehicle_operation: {reason}\n",
    )
    assert bool(compared_by_class.found("P042")) is found


FRAMED_ACCOUNTS = "2023/accounts-narrative.yaml"


@pytest.mark.parametrize(
    "reason",
    [
        "为退休和死亡人员缴纳职业年金的单位部分",
        "退休人员的职业年金单位部分",
        "人员经费",
        "政策性补贴",
        "保障性住房项目",
        "人员经费，公用经费",
    ],
)
def test_p062_a_thing_is_no_reason(workspace: Demo, reason: str) -> None:
    workspace.edit(BUDGET_NARRATIVE, "人员增加", reason)
    assert workspace.found("P062") == [f"{BUDGET_NARRATIVE}:10:21 P062"]


@pytest.mark.parametrize(
    "reason",
    [
        "人员增加",
        "为退休和死亡人员缴纳职业年金的单位部分，支出相应增加",
        "退休人员职业年金单位缴费部分在本年做实",
        "上年招录工作人员较多，日常公用支出相应增加",
        "本年新安排数字政府信息化、弱电维保等项目",
        "安排一次出国培训项目",
        "压减日常公用支出",
        "2024年7月下调了在职人员住房公积金缴存基数",
        "年内有人员退休和去世",
        "物价上涨带来的办公费用上升",
        "承接县里划转的审批业务",
        "我局承担县里划转的审批业务",
        "严控三公经费支出",
        "取消了2个项目",
        "进一步盘活存量资金",
        "优先保障重点项目",
        "城市光网工程的尾款已经付清，本年不再安排",
    ],
)
def test_p062_what_happened_is_a_reason(workspace: Demo, reason: str) -> None:
    workspace.edit(BUDGET_NARRATIVE, "人员增加", reason)
    assert workspace.found("P062") == []


@pytest.mark.parametrize("purpose", ["社会保障和就业支出", "社会保障、就业", "社会保障支出等方面"])
def test_p061_the_name_of_the_code_is_no_purpose(accounts: Demo, purpose: str) -> None:
    accounts.edit(FRAMED_ACCOUNTS, "208: 养老保险", f"208: {purpose}")
    assert accounts.found("P061") == [f"{FRAMED_ACCOUNTS}:6:8 P061"]


@pytest.mark.parametrize("purpose", ["养老保险", "社会保障和就业服务窗口", "就业和社会保障", "失业人员的社会保障"])
def test_p061_a_word_more_or_another_order_is_a_purpose(accounts: Demo, purpose: str) -> None:
    accounts.edit(FRAMED_ACCOUNTS, "208: 养老保险", f"208: {purpose}")
    assert accounts.found("P061") == []


@pytest.mark.parametrize("purpose", ["由于人员调入", "因缴费基数上调", "缴费人数增加"])
def test_p063_a_change_is_no_purpose(accounts: Demo, purpose: str) -> None:
    accounts.edit(FRAMED_ACCOUNTS, "208: 养老保险", f"208: {purpose}")
    assert accounts.found("P063") == [f"{FRAMED_ACCOUNTS}:6:8 P063"]


@pytest.mark.parametrize("reason", ["由于人员增加", "因为人员增加", "人员增加所致", "人员增加引起的", "因人员增加"])
def test_p064_a_reason_says_once_that_it_is_one(workspace: Demo, reason: str) -> None:
    workspace.edit(BUDGET_NARRATIVE, "人员增加", reason)
    assert [one.code for one in workspace.findings("P064")] == ["P064"]


@pytest.mark.parametrize("reason", ["因公出差的人员增加", "因此增加人员", "人员增加，导致公用支出上升"])
def test_p064_a_word_within_a_reason_is_right(workspace: Demo, reason: str) -> None:
    workspace.edit(BUDGET_NARRATIVE, "人员增加", reason)
    assert workspace.found("P064") == []


PRIOR = """\
prior:
  source: 2022年部门预算公开
  income: [{amount: 100}]
  expenditure: [{function: 201, amount: 98.5}, {function: 208, amount: 1.5}]
"""


@pytest.mark.parametrize(
    ("reasons", "told"),
    [
        ("", ["社会保障和就业支出比上年增加1.50万元（100%），超过10%，没有写原因"]),
        ("reasons_by_code: {208: 缴费人数增加}\n", []),
    ],
)
def test_y002_a_class_that_changed_much_wants_a_reason_where_the_form_has_a_place_for_it(
    workspace: Demo, reasons: str, told: list[str]
) -> None:
    # 201: 97 after 98.5, which is less than a tenth; 208: 3 after 1.5
    budget = (workspace.folder / "2023/budget.yaml").read_text(encoding="utf-8").partition("prior:")[0] + PRIOR
    workspace.write("2023/budget.yaml", budget.replace("shanxi-budget-2023", "shanxi-budget-2022"))
    narrative = (workspace.folder / BUDGET_NARRATIVE).read_text(encoding="utf-8")
    workspace.write(BUDGET_NARRATIVE, narrative + reasons)
    assert [one.message for one in workspace.findings("Y002")] == told


BUDGET = "2023/budget.yaml"


def test_p006_a_change_without_a_reason_is_an_error_at_the_reasons(workspace: Demo) -> None:
    workspace.edit(BUDGET_NARRATIVE, "  three_public: 压缩用车\n", "")
    finding = workspace.check()[0]
    assert workspace.found() == ["2023/narrative.yaml:6:1 P006"]
    assert finding.message == "“三公”经费比上年减少2.00万元，没有写原因"
    assert finding.hint == (
        "把下面几行贴到narrative.yaml的“reasons:”那一行下面，再填写：\n"
        "  three_public: 待补充  # “三公”经费减少的主要原因是"
    )


def test_p006_each_change_wants_its_own_reason(workspace: Demo) -> None:
    text = (workspace.folder / BUDGET_NARRATIVE).read_text(encoding="utf-8")
    workspace.write(BUDGET_NARRATIVE, text[: text.index("reasons:")] + "reasons: {}\n")
    assert [finding.message.partition("比上年")[0] for finding in workspace.check()] == [
        "“三公”经费",
        "支出总计",
        "收入总计",
        "机关运行经费一般公共预算",
    ]


def test_p007_a_reason_without_a_change_is_a_warning(workspace: Demo) -> None:
    workspace.edit(BUDGET, "{item: vehicle_operation, amount: 8}", "{item: vehicle_operation, amount: 6}")
    assert workspace.found() == ["2023/narrative.yaml:9:17 P007"]


def test_p006_no_reason_is_wanted_where_nothing_changed(workspace: Demo) -> None:
    workspace.edit(BUDGET, "{item: vehicle_operation, amount: 8}", "{item: vehicle_operation, amount: 6}")
    workspace.edit(BUDGET_NARRATIVE, "  three_public: 压缩用车\n", "")
    assert workspace.found() == []


def test_p006_no_reason_is_wanted_where_last_year_is_not_known(workspace: Demo) -> None:
    workspace.edit(BUDGET, "  three_public:\n    - {item: vehicle_operation, amount: 8}\n", "")
    workspace.edit(BUDGET_NARRATIVE, "  three_public: 压缩用车\n", "")
    assert workspace.found() == [f"{BUDGET}:16:1 Y013"]


@pytest.fixture
def national(accounts: Demo) -> Demo:
    """Accounts of the national form, beside a budget of 88, 9 and 3 by 科目 against 89, 8 and 4."""
    accounts.edit(ACCOUNTS, "form: shanxi-accounts-2024", "form: national-accounts-2024")
    return accounts


def test_p065_what_differs_from_the_budget_wants_a_reason(national: Demo) -> None:
    assert {one.message for one in national.findings("P065")} == {
        "“三公”经费决算数小于全年预算数2.00万元，没有写原因",
        "一般公共预算当年拨款决算数大于年初预算数1.00万元，没有写原因",
        "一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）决算数大于年初预算数1.00万元，没有写原因",
        "一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）事业运行（项）决算数小于年初预算数1.00万元，没有写原因",
        "社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）决算数大于年初预算数1.00万元，没有写原因",
    }
    hints = {one.hint for one in national.findings("P065")}
    assert any("budget_reasons:\n  general: 待补充" in hint for hint in hints)


def test_p065_a_difference_that_is_not_printed_wants_no_reason(national: Demo) -> None:
    national.edit(ACCOUNTS, "adjusted: 7}", "adjusted: 5.004}")
    assert not [one for one in national.findings("P065") if "“三公”" in one.message]


def test_p065_where_the_budget_is_not_known_nothing_is_asked(national: Demo) -> None:
    (national.folder / "2023/budget.yaml").unlink()
    assert [one.message[:6] for one in national.findings("P065")] == ["“三公”经费"]


def test_p030_a_reason_goes_the_way_of_the_difference_from_the_budget(national: Demo) -> None:
    national.edit(NARRATIVE, "purposes:", "budget_reasons_by_code:\n  2010350: 追加扫描经费\npurposes:")
    [found] = national.findings("P030")
    assert found.message.endswith("事业运行（项）比预算减少1.00万元，原因却只说“追加”")


def test_p013_a_reason_for_the_budget_does_not_repeat_the_form(national: Demo) -> None:
    national.edit(NARRATIVE, "purposes:", "budget_reasons:\n  general: 主要原因是追加改造经费\npurposes:")
    assert [one.code for one in national.findings("P013")] == ["P013"]


def test_reasons_for_the_budget_are_printed_with_their_code(national: Demo) -> None:
    national.edit(NARRATIVE, "purposes:", "budget_reasons_by_code:\n  2010301: 追加库房改造经费\npurposes:")
    document = national.compose().document
    assert document is not None
    said = [block.text for block in document.text.blocks if hasattr(block, "text")]
    assert any("决算数大于年初预算数，主要原因是追加库房改造经费。" in text for text in said)
