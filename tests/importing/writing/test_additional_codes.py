"""Codes that the dictionaries lack: the names that a ledger gives them."""

from __future__ import annotations

import pytest

from discgen.check.run import check_targets
from discgen.importing.sheets.values import names_in
from tests.importing.workspaces import Empty

HEADS = "单位名称,功能分类科目编码,功能分类科目名称,部门经济分类编码,政府经济分类编码,支出性质,项目名称,资金性质,金额（元）\n"
"""Fictional names, so that no dictionary ever has them."""
GROUP, ITEM = (
    "合计,21397,示例款,,,,,,270\n",
    "示范市档案局,2139701,示例项,30227,50205,特定目标类,造林,一般公共预算资金,270\n",
)


def department(empty: Empty) -> str:
    return (empty.folder.parent / "department.yaml").read_text(encoding="utf-8")


def on_codes(remarks: tuple[str, ...]) -> list[str]:
    return [remark for remark in remarks if "科目字典" in remark or "表里" in remark]


def test_codes_are_added_with_the_names_of_lines_and_totals(empty: Empty) -> None:
    before = department(empty)
    plan = empty.plan(empty.give("支出.csv", HEADS + GROUP + ITEM))
    assert department(empty) == before
    assert on_codes(plan.remarks) == [
        "科目字典里没有、照表里的名称补上的：功能分类科目21397 示例款、2139701 示例项；照批复核对"
    ]
    empty.take(empty.give("支出.csv", HEADS + GROUP + ITEM))
    assert department(empty).startswith(before.rstrip("\n"))
    assert department(empty)[len(before.rstrip("\n")) :].strip() == (
        "additional_codes:\n"
        '  - {classification: function, code: 21397, name: 示例款, source: "支出.csv"}\n'
        '  - {classification: function, code: 2139701, name: 示例项, source: "支出.csv"}'
    )
    [project] = empty.facts().projects
    assert project.function_code == "2139701"


def test_a_second_import_adds_nothing(empty: Empty) -> None:
    ledger = empty.give("支出.csv", HEADS + GROUP + ITEM)
    empty.take(ledger)
    once = department(empty)
    again = empty.take(ledger)
    assert (department(empty), on_codes(again.remarks), dict(again.texts)) == (once, [], {})


def test_rows_and_comments_that_are_there_stay(empty: Empty) -> None:
    row = "  - {classification: function, code: 21397, name: 示例款, source: 某市2023年通知}  # 已核对\n"
    path = empty.folder.parent / "department.yaml"
    path.write_text(f"{department(empty)}additional_codes:\n{row}", encoding="utf-8")
    empty.take(empty.give("支出.csv", HEADS + ITEM))
    assert f"additional_codes:\n{row}  - {{classification: function, code: 2139701," in department(empty)


def test_levels_above_a_code_come_with_it_and_check_asks_for_their_names(empty: Empty) -> None:
    plan = empty.take(empty.give("支出.csv", HEADS + ITEM))
    assert on_codes(plan.remarks) == [
        "科目字典里没有、照表里的名称补上的：功能分类科目2139701 示例项；照批复核对",
        "上面几级的名称表里没有，先写“待补充”，照批复改好department.yaml：功能分类科目21397 待补充",
    ]
    assert '  - {classification: function, code: 21397, name: 待补充, source: "支出.csv"}\n' in department(empty)
    findings = check_targets(empty.workspace, [empty.target]).findings
    assert [item.place.line for item in findings if item.code == "P011" and "department.yaml" in item.place.file] == [9]
    assert not [item for item in findings if item.code == "C001"]


def test_names_of_the_dictionary_stay(empty: Empty) -> None:
    before = department(empty)
    paid = "示范市档案局,2010301,行政开支,30101,50101,人员类,,一般公共预算资金,1000\n"
    plan = empty.take(empty.give("支出.csv", HEADS + paid))
    assert on_codes(plan.remarks) == ["名称和科目字典不同、没有改的：2010301是“行政运行”，表里写“行政开支”"]
    assert department(empty) == before


def test_a_code_with_two_names_is_not_added(empty: Empty) -> None:
    other = ITEM.replace("示例项", "别的名称").replace("造林", "种草")
    plan = empty.plan(empty.give("支出.csv", HEADS + GROUP.replace("270", "540") + ITEM + other))
    assert "功能分类科目里没有2139701，表里有几个名称（“示例项”、“别的名称”），没有补" in plan.remarks


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        ({"function_code": "2139701", "function_name": "示例项"}, [("2139701", "示例项")]),
        ({"function_code": "2139701 示例项"}, [("2139701", "示例项")]),
        ({"function_name": "示例项[2139701]"}, [("2139701", "示例项")]),
        ({"function_code": "21397", "function_name": "示例款小计"}, [("21397", "示例款")]),
        ({"function_code": "2139701", "function_name": "2139701"}, []),
        ({"function_code": "2139701", "function_name": "{{ 1 }}"}, []),
        (
            {"function_code": "2139701", "function_name_group": "示例款", "function_name": "示例项"},
            [("2139701", "示例项"), ("21397", "示例款")],
        ),
        ({"function_class": "213", "function_group": "97", "function_item": "01", "function_name": "示例项"},
         [("2139701", "示例项")]),
    ],
)  # fmt: skip
def test_names_stand_beside_codes_in_many_ways(cells: dict[str, str], named: list[tuple[str, str]]) -> None:
    assert list(names_in("function", cells)) == named
