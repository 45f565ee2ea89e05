"""Rows made from a list of codes, from units and projects, and rows that count things."""

from __future__ import annotations

import pytest

from discgen.model.disclosure import Disclosure
from discgen.model.line import Line
from discgen.tables.rows import counted
from tests.conftest import Demo
from tests.tables.made import line, make, sums, texts

CATALOGUE = """\
source: basic
columns: [{key: code, label: 代码, show: code}, {key: name, label: 名称, show: name}, {key: total, label: 金额}]
rows: [{each: department_economic_catalogue, %s}]
"""


def basic(wan: int, code: str) -> Line:
    return line(wan, department_economic_code=code)


def test_a_catalogue_lists_every_code_between_its_bounds_with_money_or_without(disclosure: Disclosure) -> None:
    table = make(disclosure, CATALOGUE % "first: 30101, last: 30103", basic=[basic(5, "30102")])
    assert texts(table) == [["30101", "基本工资", ""], ["30102", "津贴补贴", "5.00"], ["30103", "奖金", ""]]


def test_a_catalogue_begins_and_ends_with_its_bounds(disclosure: Disclosure) -> None:
    codes = [row[0] for row in texts(make(disclosure, CATALOGUE % "first: 301, last: 30299", basic=[]))]
    assert (codes[0], codes[-1]) == ("301", "30299")
    assert codes == sorted(codes)
    assert "302" in codes
    assert all("301" <= code <= "30299" for code in codes)


def test_a_catalogue_leaves_out_money_beyond_its_bounds(disclosure: Disclosure) -> None:
    table = make(disclosure, CATALOGUE % "first: 30101, last: 30102", basic=[basic(5, "30103")])
    assert [row[2] for row in texts(table)] == ["", ""]


def test_a_class_of_a_catalogue_is_the_sum_of_all_its_codes(disclosure: Disclosure) -> None:
    spec = CATALOGUE % "first: 301, last: 30199"
    table = make(disclosure, spec, basic=[basic(5, "30102"), basic(2, "30199"), basic(9, "30201")])
    assert texts(table)[0] == ["301", "工资福利支出", "7.00"]
    assert [row.kind for row in table.rows[:2]] == ["subtotal", "line"]
    assert sums(table) == ["department_economic_catalogue:301/total"]
    assert len(table.sums[0].parts) == len(table.rows) - 1


@pytest.mark.parametrize("bounds", ["first: 301, last: 30101", "first: 30101, last: 30199"])
def test_a_class_spread_over_two_runs_claims_no_sum(disclosure: Disclosure, bounds: str) -> None:
    # 30199 belongs to 301 and is in another run, or 301 itself is.
    assert sums(make(disclosure, CATALOGUE % bounds, basic=[basic(5, "30101"), basic(2, "30199")])) == []


def test_a_class_that_is_not_applicable_shows_dashes_and_no_amount(disclosure: Disclosure) -> None:
    spec = CATALOGUE % "first: 30901, last: 31002, not_applicable: [309]"
    table = make(disclosure, spec, basic=[basic(5, "31002")])
    marks = {row[0]: row[2] for row in texts(table)}
    assert {mark for code, mark in marks.items() if code.startswith("309")} == {"——"}
    assert (marks["310"], marks["31001"], marks["31002"]) == ("5.00", "", "5.00")
    assert [
        cell.answer for row in table.rows if row.cells[0].text.startswith("309") for cell in row.cells if cell.answer
    ] == []


def test_a_class_written_whole_has_its_amount_and_blank_codes_below(disclosure: Disclosure) -> None:
    table = make(disclosure, CATALOGUE % "first: 301, last: 30199", basic=[basic(5, "301")])
    assert [row[2] for row in texts(table)[:3]] == ["5.00", "", ""]
    assert sums(table) == []


CLASSES = """\
source: expenditure
columns: [{key: label, label: 项目, show: label}, {key: total, label: 金额}]
rows: [{each: function_class, under: total, %s}, {id: total, label: 合计, kind: total}]
"""


def test_only_the_classes_with_money_may_be_listed(disclosure: Disclosure) -> None:
    spent = [line(5, function_code="2210201"), line(2, function_code="2010301"), line(0, function_code="2080505")]
    assert texts(make(disclosure, CLASSES % "present: true, numbered: true", expenditure=spent)) == [
        ["一、一般公共服务支出", "2.00"],
        ["二、住房保障支出", "5.00"],
        ["合计", "7.00"],
    ]


def test_classes_may_be_left_out_while_they_are_empty(disclosure: Disclosure) -> None:
    labels = [row[0] for row in texts(make(disclosure, CLASSES % "without: [208, 221]", expenditure=[]))]
    every = [row[0] for row in texts(make(disclosure, CLASSES % "numbered: false", expenditure=[]))]
    assert [label for label in every if label not in labels] == ["社会保障和就业支出", "住房保障支出"]


def test_a_class_with_money_is_never_left_out(disclosure: Disclosure) -> None:
    spent = [line(5, function_code="2080505")]
    table = make(disclosure, CLASSES % "without: [208, 221]", expenditure=spent)
    assert ["社会保障和就业支出", "5.00"] in texts(table)
    assert "住房保障支出" not in [row[0] for row in texts(table)]


def test_a_class_that_is_left_out_does_not_break_the_numbers(disclosure: Disclosure) -> None:
    table = make(disclosure, CLASSES % "without: [202, 203], numbered: true", expenditure=[])
    assert [row[0] for row in texts(table)][:2] == ["一、一般公共服务支出", "二、公共安全支出"]


def test_economic_codes_may_be_listed_by_class_and_code(disclosure: Disclosure) -> None:
    spec = """\
source: basic
columns: [{key: code, label: 代码, show: code}, {key: name, label: 名称, show: name}, {key: total, label: 金额}]
rows: [{id: total, label: 合计, kind: total}, {each: department_economic_code, under: total}]
"""
    table = make(disclosure, spec, basic=[basic(2, "30201"), basic(5, "30101"), basic(4, "303")])
    assert texts(table) == [
        ["合计", "", "11.00"],
        ["301", "工资福利支出", "5.00"],
        ["30101", "基本工资", "5.00"],
        ["302", "商品和服务支出", "2.00"],
        ["30201", "办公费", "2.00"],
        ["303", "对个人和家庭的补助", "4.00"],
    ]
    # 303 has no codes below it and is set as 301 and 302 are.
    assert [row.kind for row in table.rows[-2:]] == ["line", "subtotal"]
    assert [len(one.parts) for one in table.sums] == [3, 1, 1]


PROJECTS = """\
source: project
columns: [{key: label, label: 项目, show: label}, {key: total, label: 金额}]
rows: [{id: total, label: 合计, kind: total}, {each: project_by_unit, under: total, depth: 1}]
"""


def project(wan: int, name: str, unit: str) -> Line:
    return line(wan, project=name, unit=unit)


def test_projects_may_stand_below_their_units(disclosure: Disclosure) -> None:
    table = make(disclosure, PROJECTS, project=[project(5, "1-store", "agency"), project(2, "2-scan", "archive")])
    assert texts(table) == [
        ["合计", "7.00"],
        ["示范市档案局", "5.00"],
        ["库房改造", "5.00"],
        ["示范市档案馆", "2.00"],
        ["档案扫描", "2.00"],
    ]
    assert [row.kind for row in table.rows] == ["total", "subtotal", "line", "subtotal", "line"]
    assert [row.cells[0].indent for row in table.rows] == [0, 1, 2, 1, 2]


def test_projects_add_up_to_their_unit_and_units_to_the_row_above(disclosure: Disclosure) -> None:
    table = make(disclosure, PROJECTS, project=[project(5, "1-store", "agency"), project(2, "2-scan", "archive")])
    assert sums(table) == ["total/total", "project_by_unit:agency/total", "project_by_unit:archive/total"]
    assert [len(one.parts) for one in table.sums] == [2, 1, 1]


def test_a_unit_without_projects_in_the_table_is_not_listed(disclosure: Disclosure) -> None:
    table = make(disclosure, PROJECTS, project=[project(2, "2-scan", "archive"), project(0, "1-store", "agency")])
    assert [row[0] for row in texts(table)] == ["合计", "示范市档案馆", "档案扫描"]


COUNTED = """\
source: income
columns: [{key: label, label: 项目, show: label}, {key: total, label: 数}]
rows:
  - {id: heading, label: 二、国有资产, kind: heading}
  - {id: vehicles, label: 车辆, count: vehicles.total}
  - {id: emergency, label: 应急, count: vehicles.emergency}
  - {id: other, label: 其他, count: vehicles.other}
  - {id: equipment, label: 设备, count: equipment.special_over_1m}
"""


def owning(demo: Demo, uses: str, equipment: str = "{}") -> Disclosure:
    """The facts of a department that has four vehicles."""
    written = f"assets:\n  vehicles: {{owned: 4, owned_by_use: {uses}}}\n"
    written += "" if equipment == "{}" else f"  equipment: {equipment}\n"
    demo.edit("2023/budget.yaml", "procurement:", written + "procurement:")
    return demo.facts()


def test_a_row_may_count_vehicles_and_equipment_instead_of_money(workspace: Demo) -> None:
    facts = owning(workspace, "{emergency: 3, other: 1}", "{general_over_500k: 7, special_over_1m: 5}")
    rows = texts(make(facts, COUNTED, income=[line(9)]))
    assert rows == [["二、国有资产", ""], ["车辆", "4"], ["应急", "3"], ["其他", "1"], ["设备", "5"]]


def test_what_is_not_there_leaves_its_count_blank(workspace: Demo, disclosure: Disclosure) -> None:
    assert [row[1] for row in texts(make(disclosure, COUNTED, income=[]))] == [""] * 5
    facts = owning(workspace, "{emergency: 4}")
    assert [row[1] for row in texts(make(facts, COUNTED, income=[]))] == ["", "4", "4", "", ""]


def test_a_count_is_no_amount(workspace: Demo) -> None:
    assert list(make(owning(workspace, "{other: 4}"), COUNTED, income=[line(9)]).amounts()) == []


@pytest.mark.parametrize("name", ["vehicles.lorry", "equipment.special", "rooms.total"])
def test_a_count_of_what_is_not_counted_is_refused(workspace: Demo, name: str) -> None:
    facts = owning(workspace, "{other: 4}", "{special_over_1m: 5}")
    with pytest.raises(ValueError, match=name.partition(".")[2]):
        counted(name, facts.assets)


def test_vehicles_of_accounts_are_counted_in_their_table(accounts: Demo) -> None:
    assets = "assets:\n  vehicles:\n    owned: 3\n    owned_by_use: {leadership: 1, other: 2}\n"
    accounts.edit("2023/accounts.yaml", "procurement:", assets + "procurement:")
    rows = {row[0]: row[2] for row in texts(accounts.document().tables[9])}
    counts = (rows["（一）车辆数合计（辆）"], rows["2.主要负责人用车"], rows["8.其他用车"], rows["3.机要通信用车"])
    assert counts == ("3", "1", "2", "")
    # 14 of 办公费 and 5 of vehicles are the agency's; 3 of goods and 6 of services were bought.
    assert (rows["（一）行政单位"], rows["合计"]) == ("19.00", "9.00")
