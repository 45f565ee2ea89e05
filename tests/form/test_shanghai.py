"""What the forms of Shanghai print of a department of one unit: four columns, 角分, sentences by 类, offices, projects."""

from __future__ import annotations

from pathlib import Path

import pytest

from discgen.document import Document
from discgen.form.form import load_form
from discgen.load.target import Target
from tests.conftest import Demo

BUDGET = """\
form: {form}
year: 2026
unit: 元
income:
  - {{amount: {income}}}
expenditure:
  - {{function: 2010301, personnel: 900000, operating: {operating}}}
  - {{function: 2010302, project: 500000}}
basic:
  - {{department: 30101, amount: 900000}}
  - {{department: 30201, unit: agency, amount: {operating}}}
procurement: {{goods: 0, works: 0, services: 0}}
assets: {{vehicles: {{owned: 2, owned_by_use: {{other: 2}}}}, equipment: {{special_over_1m: 0}}}}
performance: {{projects: 1, amount: 500000}}
prior:
  source: 上年公开的预算
  income: [{{amount: 1404000}}]
  expenditure: [{{amount: 1404000}}]
  three_public: []
"""
NARRATIVE = """\
overview:
  duties: [收集和保管档案。]
  organisation: {offices: [办公室, 保管科]}
reasons: {income: 人员增加}
purposes: {201: 在职人员工资和库房改造, 2010301: 在职人员工资, 2010302: 库房改造}
"""
PROJECT = """\
name: 库房改造
unit: agency
function: 2010302
amounts: [{amount: 500000}]
"""


@pytest.fixture
def demo(tmp_path: Path) -> Demo:
    demo = Demo(tmp_path)
    demo.target = Target("demo", 2026, "budget")
    demo.write("department.yaml", DEPARTMENT)
    demo.write("2026/narrative.yaml", NARRATIVE)
    demo.write("2026/projects/1-store.yaml", PROJECT)
    return demo


DEPARTMENT = """\
name: 上海市示范区档案馆
short_name: 区档案馆
region: {name: 上海市示范区, level: 区级}
units: [{id: agency, name: 上海市示范区档案馆, kind: administrative}]
"""


def of(demo: Demo, form: str, operating: str = "100000") -> Document:
    income = f"{1_400_000 + float(operating):.2f}".removesuffix(".00")
    demo.write("2026/budget.yaml", BUDGET.format(form=form, income=income, operating=operating))
    document = demo.compose().document
    assert document is not None
    return document


def cells(document: Document, table: int) -> list[str]:
    return [cell.text for row in document.tables[table].rows for cell in row.cells if cell.text]


def text(document: Document) -> str:
    return "\n".join(getattr(block, "text", "") for block in document.text.blocks)


def test_a_unit_tells_its_expenditure_in_four_columns(demo: Demo) -> None:
    printed = cells(of(demo, "shanghai-unit-budget-2026"), 0)
    assert printed[-5:] == ["支出总计", "1,500,000", "900,000", "100,000", "500,000"]


def test_where_an_amount_is_not_whole_yuan_every_amount_in_yuan_is_to_the_fen(demo: Demo) -> None:
    document = of(demo, "shanghai-budget-2025", "100000.80")
    in_yuan = [cell for table in range(8) for cell in cells(document, table) if cell[-1].isdigit() and "," in cell]
    assert "1,500,000.80" in in_yuan
    assert all(cell[-3] == "." for cell in in_yuan)


def test_whole_yuan_have_no_decimals(demo: Demo) -> None:
    assert "1,500,000" in cells(of(demo, "shanghai-budget-2025"), 0)


def test_a_unit_says_what_it_spends_by_class_in_whole_wan(demo: Demo) -> None:
    said = text(of(demo, "shanghai-unit-budget-2026"))
    assert "收入预算150万元" in said
    assert "比2025年预算增加10万元" in said
    assert "1. “一般公共服务支出”科目150万元，主要用于在职人员工资和库房改造。" in said


def test_a_unit_names_its_offices(demo: Demo) -> None:
    assert "设2个内设机构，包括：办公室、保管科。" in text(of(demo, "shanghai-unit-budget-2026"))


def test_projects_with_goals_are_named_with_their_money_where_all_have_files(demo: Demo) -> None:
    said = "编报绩效目标的项目共1个，涉及项目预算资金50.00万元。其中：库房改造50.00万元。"
    assert said in text(of(demo, "shanghai-budget-2025"))
    (demo.folder / "2026/projects/1-store.yaml").unlink()
    assert "其中：库房改造" not in text(of(demo, "shanghai-budget-2025"))


def test_the_note_of_an_empty_table_speaks_of_the_unit() -> None:
    notes = {table.id: table.empty_note for table in load_form("shanghai-unit-budget-2025").tables}
    assert notes["state-capital-expenditure"].startswith("注：本单位{year}年无国有资本经营预算")


@pytest.mark.parametrize(
    ("executed", "said"),
    [
        ("800000", "2025年当年预算执行数为80.00万元，2026年预算安排100.00万元，比上年当年预算执行数增加25.00%"),
        ("1250000", "2025年当年预算执行数为125.00万元，2026年预算安排100.00万元，比上年当年预算执行数减少20.00%"),
        ("1000000", "2025年当年预算执行数为100.00万元，2026年预算安排100.00万元，与上年当年预算执行数持平"),
        ("0", "2025年当年预算执行数为0.00万元，2026年预算安排100.00万元，是今年新增的"),
        ("40", "2025年当年预算执行数为0.00万元，2026年预算安排100.00万元，是今年新增的"),
    ],
)
def test_what_of_last_years_budget_was_executed_is_told_of_each_item(demo: Demo, executed: str, said: str) -> None:
    assert f"{said}，主要原因是招录2人。" in text(with_execution(demo, executed))


def with_execution(demo: Demo, executed: str) -> Document:
    demo.write("2026/narrative.yaml", NARRATIVE + "reasons_by_code: {2010301: 招录2人}\n")
    of(demo, "shanghai-budget-2025")
    rows = (
        f"prior_executed:\n  - {{function: 2010301, amount: {executed}}}\n  - {{function: 2010302, amount: 400000}}\n"
    )
    demo.write("2026/budget.yaml", (demo.folder / "2026/budget.yaml").read_text(encoding="utf-8") + rows)
    document = demo.compose().document
    assert document is not None
    return document


def test_an_item_that_differs_from_the_execution_needs_a_reason_and_one_that_does_not_needs_none(demo: Demo) -> None:
    with_execution(demo, "1000000")
    assert [finding.message for finding in demo.findings("P066")] == [
        "2010302一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）一般行政管理事务（项）比上年执行数增加10.00万元，没有写原因"
    ]


def test_where_it_is_not_written_nothing_is_said_of_the_execution(demo: Demo) -> None:
    assert "执行数" not in text(of(demo, "shanghai-budget-2025"))
