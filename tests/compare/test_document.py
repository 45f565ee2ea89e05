"""What of the document differs: cells, totals, sentences, sheets, charts."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from discgen.compare.change import Mark
from discgen.compare.document import compare_documents
from tests.compare.made import compared, copy_of, told
from tests.conftest import Demo


@pytest.fixture
def other(workspace: Demo, tmp_path: Path) -> Demo:
    return copy_of(workspace, tmp_path / "other")


def move_basic(demo: Demo) -> None:
    """2万元 from 2080505 to 2010301: no total of the department moves."""
    demo.edit("2023/budget.yaml", "2010301, basic: 61,", "2010301, basic: 62,")
    demo.edit("2023/budget.yaml", "2080505, basic: 3}", "2080505, basic: 2}")


def test_a_copy_has_no_consequences(workspace: Demo, other: Demo) -> None:
    assert compared(workspace, other).is_empty


def test_moved_lines_and_reordered_keys_leave_the_document_as_it_was(workspace: Demo, other: Demo) -> None:
    lines = "  - {function: 2010301, basic: 61, project: 27}\n  - {function: 2010350, project: 9}\n"
    moved = "  - {project: 9, function: 2010350}  # 事业\n  - {basic: 61, project: 27, function: 2010301}\n"
    other.edit("2023/budget.yaml", lines, moved)
    assert (other.folder / "2023/budget.yaml").read_bytes() != (workspace.folder / "2023/budget.yaml").read_bytes()
    assert compared(workspace, other).is_empty


def test_cells_and_totals_that_show_another_amount_are_told_apart(workspace: Demo, other: Demo) -> None:
    move_basic(other)
    done = compared(workspace, other).consequences
    assert "改 预算公开表3 2023年预算支出总表/2010301 行政运行，2023年预算数基本支出 61.00 → 62.00" in told(done.cells)
    assert "改 预算公开表3 2023年预算支出总表/201 一般公共服务支出，2023年预算数合计 97.00 → 98.00" in told(done.totals)
    assert not any("/合计，" in one for one in told(done.totals)), "the whole stays at 100"
    assert all(one.amounts and abs(one.amounts.difference) == 10000 for one in (*done.cells, *done.totals))


def test_a_project_in_another_file_has_the_row_it_had(workspace: Demo, other: Demo) -> None:
    store, scan = (other.folder / "2023/projects" / name for name in ("1-store.yaml", "2-scan.yaml"))
    texts = store.read_text(encoding="utf-8"), scan.read_text(encoding="utf-8")
    store.write_text(texts[1], encoding="utf-8")
    scan.write_text(texts[0], encoding="utf-8")
    done = compared(workspace, other).consequences
    assert (done.cells, done.totals, done.sheets) == ((), (), ())


def test_words_of_a_table_are_told(workspace: Demo, other: Demo) -> None:
    other.edit("2023/projects/1-store.yaml", "name: 库房改造", "name: 库房改造工程")
    assert told(compared(workspace, other).consequences.cells) == [
        "改 预算公开表12 2023年项目支出预算表（本年预算）/项目名称 库房改造 → 库房改造工程"
    ]


def test_a_department_with_a_new_name_is_told_on_the_cover_and_over_tables(workspace: Demo, other: Demo) -> None:
    other.edit("department.yaml", "\nname: 示范市档案局\n", "\nname: 示范市档案管理局\n")
    done = compared(workspace, other).consequences
    assert "改 封面/ 示范市档案局 → 示范市档案管理局" in told(done.sentences)
    assert "改 预算公开表1 2023年预算收支总表/表头 部门名称：示范市档案局 → 部门名称：示范市档案管理局" in told(
        done.cells
    )


def test_the_same_amount_in_the_writing_of_another_form_is_no_change(workspace: Demo, other: Demo) -> None:
    for demo in (workspace, other):
        for old, new in (("amount: 100}", "amount: 10100}"), ("basic: 61,", "basic: 10061,")):
            demo.edit("2023/budget.yaml", old, new)
    other.edit("2023/budget.yaml", "form: shanxi-budget-2023", "form: shanxi-budget-2024")
    assert not [one for one in told(compared(workspace, other).consequences.totals) if "10,100.00" in one]


def test_a_sentence_whose_number_moved_on_is_no_change(workspace: Demo, other: Demo) -> None:
    other.edit("2023/narrative.yaml", "    - 收集和保管档案。", "    - 培训兰台人员。\n    - 收集和保管档案。")
    assert told(compared(workspace, other).consequences.sentences) == ["＋ 一、本部门职责/  → （一）培训兰台人员。"]


def test_a_sentence_is_told_with_its_section_and_both_wordings(workspace: Demo, other: Demo) -> None:
    other.edit("2023/narrative.yaml", "three_public: 压缩用车", "three_public: 减少用车")
    [sentence] = compared(workspace, other).consequences.sentences
    assert (sentence.mark, sentence.is_text) == (Mark.CHANGED, True)
    assert "“三公”经费" in sentence.topic
    assert "压缩用车" in sentence.before
    assert sentence.after == sentence.before.replace("压缩用车", "减少用车")


def test_a_goal_sheet_is_named_with_the_part_that_differs(workspace: Demo, other: Demo) -> None:
    other.edit("2023/projects/1-store.yaml", "target: ≥10件", "target: ≥12件")
    assert told(compared(workspace, other).consequences.sheets) == ["改 绩效目标表/库房改造的指标  → "]


def test_a_sheet_of_a_new_project_is_new(workspace: Demo, other: Demo) -> None:
    other.add_project("3-new", "2010301", "50000", name="新库房")
    assert told(compared(workspace, other).consequences.sheets) == ["＋ 绩效目标表/新库房  → 1份"]


def test_a_renamed_project_keeps_its_sheet(workspace: Demo, other: Demo) -> None:
    other.edit("2023/projects/1-store.yaml", "name: 库房改造", "name: 库房改造工程")
    assert told(compared(workspace, other).consequences.sheets) == ["改 绩效目标表/库房改造工程的名称  → "]


def test_of_two_sheets_with_one_name_the_renamed_one_is_told(workspace: Demo, other: Demo) -> None:
    for demo in (workspace, other):
        demo.edit("2023/projects/2-scan.yaml", "name: 档案扫描", "name: 库房改造")
    other.edit("2023/projects/2-scan.yaml", "name: 库房改造", "name: 馆藏扫描")
    assert told(compared(workspace, other).consequences.sheets) == ["改 绩效目标表/馆藏扫描的名称  → "]


def test_a_chart_is_told_with_the_bars_that_differ(workspace: Demo, other: Demo) -> None:
    move_basic(other)
    [chart] = [one for one in compared(workspace, other).consequences.charts if "社会保障和就业支出" in one.before]
    assert "社会保障和就业支出3.00万元" in chart.before
    assert "社会保障和就业支出2.00万元" in chart.after


def test_last_years_bar_is_told_of_one_year_and_left_out_of_two(workspace: Demo, other: Demo) -> None:
    other.edit("2023/budget.yaml", "vehicle_operation, amount: 8}", "vehicle_operation, amount: 9}")
    [chart] = compared(workspace, other).consequences.charts
    assert (chart.before, chart.after) == ("上年公务用车运行维护费8.00万元", "上年公务用车运行维护费9.00万元")
    new = other.document()
    next_year = replace(new.disclosure, year=2024)
    assert compare_documents(workspace.document(), replace(new, disclosure=next_year), {}).charts == ()


def test_errors_are_noted_and_the_facts_compared_all_the_same(workspace: Demo, other: Demo) -> None:
    other.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
    done = compared(workspace, other)
    assert told(done.facts) == ["改 收入/一般公共预算 100 → 101"]
    assert any("现在的数据有1个错误" in note for note in done.notes)


def test_amounts_of_forms_with_other_units_say_their_own(workspace: Demo, other: Demo) -> None:
    other.edit("2023/budget.yaml", "form: shanxi-budget-2023", "form: shanghai-budget-2025")
    there, back = compared(workspace, other), compared(other, workspace)
    assert any("61.00万元 → 610,000" in one for one in told(there.consequences.cells))
    assert any("610,000元 → 61.00" in one for one in told(back.consequences.cells))
    gone = [one for one in there.consequences.cells if not one.after]
    assert gone
    assert {(one.before.endswith("元"), one.amounts and one.amounts.unit) for one in gone} == {(False, "万元")}
