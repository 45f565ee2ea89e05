"""What was written and is printed nowhere is told; what stands in the document is not."""

from __future__ import annotations

import pytest

from tests.conftest import Demo

NARRATIVE = "2023/narrative.yaml"


def add(demo: Demo, text: str) -> None:
    demo.write(NARRATIVE, (demo.folder / NARRATIVE).read_text(encoding="utf-8") + text)


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("notes:\n  evaluation: 加强管理。\n", "12:15"),
        ("purposes:\n  2010301: 保管档案\n", "12:12"),
        ("reasons_by_code:\n  201: 新增库房项目\n", "12:8"),
        ("notes:\n  reception: 金额为{{ income.total | 万元 }}。\n", "12:14"),
    ],
)
def test_a_text_that_the_form_has_no_place_for_is_told(workspace: Demo, written: str, at: str) -> None:
    add(workspace, written)
    assert workspace.found() == [f"{NARRATIVE}:{at} P036"]


def test_a_reason_that_the_form_does_not_print_is_told_with_those_it_does(workspace: Demo) -> None:
    workspace.edit(NARRATIVE, "  three_public: 压缩用车\n", "  three_public: 压缩用车\n  vehicle_operation: 车辆未变\n")
    [found] = workspace.findings()
    assert (found.code, found.message) == ("P036", "reasons.vehicle_operation写了，文件里却没有印出来")
    assert found.hint.endswith("；这个表式会印出的原因有：income、expenditure、three_public、agency_operation")


def test_an_introduction_that_the_form_does_not_print_is_told(workspace: Demo) -> None:
    workspace.edit(NARRATIVE, "overview:\n", "overview:\n  introduction: 市档案局是政府工作部门。\n")
    [found] = workspace.findings()
    assert (found.code, found.message) == ("P036", "overview.introduction写了，文件里却没有印出来")


def test_a_text_of_several_lines_that_is_printed_is_not_told(workspace: Demo) -> None:
    add(workspace, "notes:\n  other: |\n    名称没有变化。\n    收入{{ income.total | 万元 }}。\n")
    assert workspace.found() == []


def test_a_text_whose_expression_is_wrong_is_told_once(workspace: Demo) -> None:
    add(workspace, "notes:\n  other: 收入{{ income.totl | 万元 }}。\n")
    assert [one.split()[1] for one in workspace.found()] == ["P002"]


def test_a_reason_of_no_change_is_told_once(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "    - {unit: agency, amount: 15}", "    - {unit: agency, amount: 19}")
    assert [one.split()[1] for one in workspace.found("P007", "P036")] == ["P007"]


def test_where_a_part_cannot_be_written_nothing_is_said_to_be_missing(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "shanxi-budget-2023", "shanghai-budget-2025")
    performance = "performance: {units: 2, projects: 2}\nprocurement:"  # whose amount the form tells
    workspace.edit("2023/budget.yaml", "procurement:", performance)
    assert [one.split()[1] for one in workspace.found("P008", "P036")] == ["P008"]
