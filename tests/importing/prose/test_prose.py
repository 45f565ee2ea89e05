"""A bureau's workbook with its sheets of text to the files of a unit, without an editor."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from discgen.diagnostics import has_errors
from discgen.importing.problems import HandEditedError
from discgen.load.target import Target
from discgen.model.line import Source
from discgen.pipeline import compose
from tests.importing.bureau import COMPILATION, DUTIES, OFFICES, SITUATION, as_bytes, whole_workbook
from tests.importing.workspaces import DEPARTMENT, Empty

FORM = "shanghai-budget-2025"
UNIT = DEPARTMENT.replace("name: 示范市, level: 市级", "name: 上海市示范区, level: 区级")


@pytest.fixture
def unit(tmp_path: Path) -> Empty:
    return Empty(tmp_path, Target("demo", 2026, "budget"), UNIT)


def give(unit: Empty, **changed: str) -> Path:
    return unit.give("预算.xlsx", as_bytes(whole_workbook(**changed)))


def read(unit: Empty, **changed: str) -> list[str]:
    """The remarks of an import of the workbook, those of its sheets among them."""
    plan = unit.take(give(unit, **changed), form=FORM)
    return [*plan.remarks, *(remark for sheet in plan.sheets for remark in sheet.remarks)]


def test_a_filled_workbook_is_a_document_without_an_editor(unit: Empty) -> None:
    assert not [remark for remark in read(unit) if "没有看懂" in remark or "另外要填" in remark]
    result = compose(unit.workspace, unit.target)
    assert result.document is not None
    assert not has_errors(result.findings), result.findings


def test_duties_are_told_from_what_stands_before_them(unit: Empty) -> None:
    read(unit)
    narrative = unit.facts().narrative
    assert narrative.introduction is not None
    assert narrative.introduction.text == "示范市档案局是事业单位。"
    assert [duty.text for duty in narrative.duties] == ["保管档案。", "提供利用。"]


def test_purposes_and_reasons_go_to_their_keys(unit: Empty) -> None:
    read(unit)
    narrative = unit.facts().narrative
    assert {key: text.text for key, text in narrative.purposes.items()} == {"2050205": "培训", "2080505": "缴费"}
    assert narrative.reasons["overseas_travel"].text == "不安排出国"
    assert narrative.reasons["reception"].text == "压减接待"


def test_an_amount_that_is_a_fact_becomes_an_expression(unit: Empty) -> None:
    read(unit)
    assert unit.facts().narrative.reasons["income"].text == "新增培训，增加{{ change.appropriation.total | 万元 }}"


def test_an_amount_that_is_no_fact_stays_and_is_told_with_the_nearest(unit: Empty) -> None:
    remarks = read(unit, compilation=COMPILATION.replace("新增培训，增加3.50万元", "新增培训，增加3.40万元"))
    assert unit.facts().narrative.reasons["income"].text == "新增培训，增加3.40万元"
    [told] = [remark for remark in remarks if "文字里的3.40万元" in remark]
    assert told.startswith("预算.xlsx 单位编制说明!A3 ")
    assert "最接近的是" in told


def test_last_year_follows_from_the_changes(unit: Empty) -> None:
    read(unit)
    prior = unit.facts().declared_prior
    assert prior is not None
    assert [(line.fund, line.amount) for line in prior.lines[Source.EXPENDITURE]] == [("general", Decimal("900000.5"))]
    amounts = {line.item: line.amount for line in prior.lines[Source.THREE_PUBLIC]}
    assert amounts == {"overseas_travel": 0, "reception": 15000, "vehicle_purchase": 0, "vehicle_operation": 0}


def test_procurement_performance_and_assets_are_figures(unit: Empty) -> None:
    read(unit)
    facts = unit.facts()
    assert {line.item: line.amount for line in facts.lines[Source.PROCUREMENT]} == {
        "goods": 50000, "works": 0, "services": 10000,
    }  # fmt: skip
    assert facts.performance is not None
    assert facts.assets is not None
    assert (facts.performance.projects, str(facts.performance.amount)) == (2, "100000")
    assert (facts.assets.owned_vehicles.total, sum(facts.assets.owned_by_use.values())) == (1, 1)
    assert facts.assets.equipment is not None
    assert facts.assets.equipment.special_over_1m == 2
    assert str(facts.assets.as_of) == "2025-08-31"


def test_a_project_has_its_text_and_its_amount(unit: Empty) -> None:
    read(unit)
    [project] = unit.facts().projects
    assert project.name == "扫描"
    assert project.function_code == "2050205"
    assert [line.amount for line in project.lines] == [50000]
    assert project.statement["summary"].text == "扫描档案。"
    assert project.statement["budget"].text == "安排{{ annual | 万元 }}。"


def test_a_project_without_a_name_is_refused_with_what_to_write(unit: Empty) -> None:
    file = give(unit, situation=SITUATION.replace("     项目名称：扫描\n", ""))
    assert "在前面加一行“项目名称：……”" in str(unit.refusal(file, form=FORM))
    assert not unit.folder.exists()


def test_a_figure_that_differs_from_the_table_is_told(unit: Empty) -> None:
    remarks = read(unit, compilation=COMPILATION.replace("收入预算94.00万元", "收入预算95.00万元"))
    assert any("“收入预算”写的是950,000元，表里是940,000.5元" in remark for remark in remarks)


def test_procurement_that_does_not_add_up_is_refused(unit: Empty) -> None:
    file = give(unit, situation=SITUATION.replace("政府采购预算6.00万元", "政府采购预算7.00万元"))
    assert "货物、工程、服务加起来是60,000元" in str(unit.refusal(file, form=FORM))


def test_vehicles_that_do_not_add_up_are_refused(unit: Empty) -> None:
    file = give(unit, situation=SITUATION.replace("共有车辆1辆", "共有车辆3辆"))
    assert "车辆写的是3辆，按用途加起来是1辆" in str(unit.refusal(file, form=FORM))


def test_none_of_a_kind_is_a_figure_too(unit: Empty) -> None:
    begin, end = SITUATION.index("     2026年度本单位政府采购"), SITUATION.index("  四、绩效")
    nothing = f"{SITUATION[:begin]}     示范市档案局2026年度未安排政府采购预算。\n{SITUATION[end:]}"
    read(unit, situation=nothing)
    assert [line.amount for line in unit.facts().lines[Source.PROCUREMENT]] == [0, 0, 0]


def test_a_sentence_that_is_not_the_forms_is_told_and_not_taken(unit: Empty) -> None:
    more = SITUATION.replace("涉及项目预算资金10.00万元。", "涉及项目预算资金10.00万元，其中培训费4万元。")
    [told] = [remark for remark in read(unit, situation=more) if "没有看懂" in remark]
    assert told == "没有看懂、没有导入：预算.xlsx 其他相关情况说明!A3 “其中培训费4万元”"


def test_what_was_left_blank_is_asked_for_by_name(unit: Empty) -> None:
    blank = SITUATION.replace("项目共2个", "项目共XXX个").replace("资金10.00万元", "资金XXX万元")
    remarks = read(unit, situation=blank, duties="    XX是…。\n    主要职能包括：\n    1.\n")
    assert any("没有填的：" in remark and "编报绩效目标的项目" in remark for remark in remarks)
    assert "  departments/demo/2026/budget.yaml 的performance（绩效目标编报情况）" in remarks
    assert "  departments/demo/2026/narrative.yaml 的overview.duties（本部门职责）" in remarks


def test_a_change_whose_way_is_left_open_is_no_change(unit: Empty) -> None:
    open_way = COMPILATION.replace("比2025年预算增加3.50万元", "比2025年预算增加（减少）3.50万元（持平）")
    remarks = read(unit, compilation=open_way)
    assert any("没有填的" in remark and "增加（减少）" in remark for remark in remarks)
    assert unit.facts().declared_prior is None
    assert "  departments/demo/2026/budget.yaml 的prior（上年数（录入））" in remarks


def test_the_count_of_offices_is_held_to_their_names(unit: Empty) -> None:
    remarks = read(unit, offices=OFFICES.replace("设2个", "设3个"))
    assert any("写的是3个内设机构，列出的有2个" in remark for remark in remarks)


def test_a_list_of_offices_with_a_blank_in_it_is_not_filled_in(tmp_path: Path) -> None:
    unit = Empty(tmp_path, Target("demo", 2026, "budget"), UNIT)
    blank = OFFICES.replace("办公室、利用科", "办公室、XX、XX……")
    plan = unit.take(give(unit, offices=blank), form="shanghai-unit-budget-2026")
    assert not unit.facts().narrative.offices
    assert any("overview.organisation" in remark for remark in plan.remarks)


def test_a_form_that_tells_purposes_by_class_has_those_of_its_items_put_together(unit: Empty) -> None:
    plan = unit.take(give(unit), form="shanghai-unit-budget-2026")
    assert unit.facts().narrative.purposes["205"].text == "培训"
    assert unit.facts().narrative.offices == ("办公室", "利用科")
    assert "预算.xlsx 其他相关情况说明!A3 表式不印项目经费情况说明，没有导入" in plan.remarks


def test_what_of_last_years_budget_was_executed_is_read_by_code(unit: Empty) -> None:
    book = whole_workbook()
    told = (
        "2025年当年预算执行数为70.00万元，2026年预算安排89.50万元，比上年当年预算执行数增加27.86%，主要原因是培训增加。"
    )
    book["单位编制说明"]["A4"].value = f"1. “高等教育”科目89.50万元，主要用于培训。{told}"
    plan = unit.take(unit.give("预算.xlsx", as_bytes(book)), form=FORM)
    assert not [remark for sheet in plan.sheets for remark in sheet.remarks]
    assert "{function: 2050205, amount: 700000}" in unit.text().partition("prior_executed:")[2]
    narrative = unit.facts().narrative
    assert narrative.reasons_by_code["2050205"].text == "培训增加"
    assert narrative.purposes["2050205"].text == "培训"


def test_a_workbook_of_another_unit_is_noticed(unit: Empty) -> None:
    book = whole_workbook()
    book["封面"]["A2"].value = "预算单位：示范市图书馆"
    plan = unit.plan(unit.give("预算.xlsx", as_bytes(book)), form=FORM)
    assert any("写的是“示范市图书馆”" in remark for remark in plan.remarks)


def test_importing_again_changes_nothing(unit: Empty) -> None:
    file = give(unit)
    unit.take(file, form=FORM)
    assert not unit.plan(file, form=FORM).texts


def test_what_was_edited_by_hand_is_kept_unless_forced(unit: Empty) -> None:
    unit.take(give(unit), form=FORM)
    unit.edit("保管档案。", "保管全市档案。", "narrative.yaml")
    changed = give(unit, duties=DUTIES.replace("提供利用", "开放档案"))
    with pytest.raises(HandEditedError, match="overview"):
        unit.plan(changed, form=FORM)
    unit.take(changed, form=FORM, force=True)
    assert [duty.text for duty in unit.facts().narrative.duties] == ["保管档案。", "开放档案。"]


def test_what_is_still_to_be_confirmed_is_replaced_and_confirmed(unit: Empty) -> None:
    unit.take(give(unit), form=FORM)
    text = unit.text("narrative.yaml").splitlines()
    carried = "\n".join([*marked(text, "overview:"), ""]).replace("保管档案。", "保管旧档案。")
    (unit.folder / "narrative.yaml").write_text(carried, encoding="utf-8")
    lines = "\n".join([*marked(unit.text().splitlines(), "income:"), ""]).replace("935000.5", "800000")
    (unit.folder / "budget.yaml").write_text(lines, encoding="utf-8")
    unit.take(give(unit), form=FORM)
    assert "待确认" not in unit.text("narrative.yaml") + unit.text().partition("income:")[2]
    assert "保管档案。" in unit.text("narrative.yaml")
    assert "{fund: general, amount: 935000.5}" in unit.text()


def marked(lines: list[str], key: str) -> list[str]:
    """The lines of a file with a section as `rollover` carries it into another year."""
    return [f"{line.partition('#')[0].rstrip()}  # 待确认" if line.startswith(key) else line for line in lines]


def test_last_years_file_goes_before_what_the_text_says_of_it(unit: Empty) -> None:
    unit.take(give(unit), form=FORM)
    before = unit.folder.parent / "2025"
    unit.folder.rename(before)
    text = (before / "budget.yaml").read_text(encoding="utf-8").replace("year: 2026", "year: 2025")
    (before / "budget.yaml").write_text(text, encoding="utf-8")
    remarks = read(unit)
    assert unit.facts().declared_prior is None
    assert any("“比2025年预算增加3.50万元”，照上年的文件是持平" in remark for remark in remarks)
