"""The checklist as a workbook: read back by another program, a row a problem, with the department's code."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from discgen.cli import cli
from tests.conftest import Demo


def run(demo: Demo, *arguments: str) -> Result:
    root = demo.workspace.root
    return CliRunner().invoke(cli, ["check", "-C", str(root), "--format", "checklist", *arguments])


def rows(path: Path, sheet: str) -> list[tuple[object, ...]]:
    return list(load_workbook(BytesIO(path.read_bytes()))[sheet].iter_rows(values_only=True))


def test_each_problem_is_a_row_with_a_sentence_and_the_code_of_the_department(workspace: Demo) -> None:
    workspace.edit("2023/narrative.yaml", "  three_public: 压缩用车\n", "")
    path = workspace.workspace.root / "检查表.xlsx"
    done = run(workspace, "-o", str(path))
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (1, f"→ {path}")
    head, row = rows(path, "问题")
    said = dict(zip(head, row, strict=True))
    assert (said["部门编码"], said["部门"], said["年度"], said["种类"]) == ("026", "示范市档案局", 2023, "预算")
    assert (said["检查项"], said["轻重"], said["编号"]) == ("编制说明", "错误", "P006")
    assert said["问题"] == "“三公”经费比上年减少2.00万元，没有写原因"
    assert "three_public: 待补充" in str(said["怎么改"])
    assert said["文件:行:列"] == "departments/demo/2023/narrative.yaml:6:1"
    [_, total] = rows(path, "汇总")
    assert total == ("026", "示范市档案局", "demo", 2023, "预算", "有问题", 1, 0, 0, 0)


def test_a_department_whose_facts_cannot_be_read_is_called_by_its_file(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "unit: 万元", "unit: 亿元")
    path = workspace.workspace.root / "book.xlsx"
    run(workspace, "-o", str(path))
    assert rows(path, "问题")[1][:2] == ("026", "示范市档案局")


def test_a_row_is_as_high_as_the_lines_of_its_longest_cell(workspace: Demo) -> None:
    workspace.edit("2023/narrative.yaml", "  three_public: 压缩用车\n", "")
    path = workspace.workspace.root / "检查表.xlsx"
    run(workspace, "-o", str(path))
    sheet = load_workbook(path)["问题"]
    head, row = (sheet.row_dimensions[number].height for number in (1, 2))
    lines = sheet["J2"].value.count("\n") + 1
    assert lines > 1  # lines to paste, each its own
    assert head == 15
    assert row >= 15 * lines


def test_text_is_text_whatever_it_begins_with(workspace: Demo) -> None:
    workspace.edit("2023/narrative.yaml", "income: 新增库房项目", "income: =HYPERLINK(“示例”)待补充")
    path = workspace.workspace.root / "book.xlsx"
    run(workspace, "-o", str(path))
    sheet = load_workbook(path)["问题"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation) == ("A2", "$1:$1", "landscape")


def test_the_same_findings_give_the_same_bytes_and_a_newer_book_takes_the_place(workspace: Demo) -> None:
    path = workspace.workspace.root / "book.xlsx"
    run(workspace, "-o", str(path))
    before = path.read_bytes()
    assert run(workspace, "-o", str(path)).exit_code == 0
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "said"), [("book.csv", "以.xlsx结尾"), ("departments/demo/book.xlsx", "那里只放部门写的文件")]
)
def test_another_place_or_name_is_refused(name: str, said: str, workspace: Demo) -> None:
    done = run(workspace, "-o", str(workspace.workspace.root / name))
    assert (done.exit_code, said in done.stderr) == (2, True)


def test_a_book_of_somebody_else_is_not_replaced(workspace: Demo) -> None:
    path = workspace.workspace.root / "book.xlsx"
    path.write_bytes(b"mine")
    assert run(workspace, "-o", str(path)).exit_code == 2
    assert path.read_bytes() == b"mine"
