"""`discgen codes import`: a bureau's list of codes, however it is written, becomes the tables of its workspace."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from discgen.authoring.new_workspace import write_schemas
from discgen.cli import cli
from discgen.load.own_codes import own_codes
from discgen.load.own_files import own_files
from discgen.load.workspace import Workspace
from discgen.reference.codes import Classification, load_dictionary

NEW, RENAMED, SAME = "2010398 政务数据管理", "2010306 政务公开办理", "2010301 行政运行"
LISTED = [NEW, RENAMED, SAME]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "departments").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["codes", "import", *words])


def workbook(**sheets: Sequence[Sequence[object]]) -> str:
    """The name of a workbook with these sheets."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save("科目2026年.xlsx")
    return "科目2026年.xlsx"


def names(root: Path, year: int, classification: Classification = Classification.FUNCTION) -> dict[str, str]:
    codes = own_codes(own_files(Workspace(root)))
    assert codes.findings == ()
    return {
        code.code: code.name
        for code in codes.codes
        if code.classification is classification and code.first_year <= year <= code.last_year
    }


SHAPES: dict[str, Sequence[Sequence[object]]] = {
    "one cell": [["科目"], *[[text] for text in LISTED]],
    "two cells": [["科目编码", "科目名称"], *[list(text.split()) for text in LISTED]],
    "name first": [["科目名称", "备注", "科目编码"], *[[text.split()[1], None, text.split()[0]] for text in LISTED]],
    "numbers": [["序号", "编码", "名称"], *[[n, int(text[:7]), text[8:]] for n, text in enumerate(LISTED, 201)]],
    "three columns": [
        ["类", "款", "项", "科目名称"],
        *[[text[:3], text[3:5], text[5:7], text[8:]] for text in LISTED],
    ],
    "ranks filled down": [
        ["科目编码", None, None, "科目名称"],
        ["类", "款", "项", None],
        [201, None, None, "一般公共服务支出"],
        [None, 3, None, "政府办公厅（室）及相关机构事务"],
        *[[None, None, int(text[5:7]), text[8:]] for text in LISTED],
    ],
    "title, notes and blanks": [
        ["政府收支分类科目"],
        [],
        ["科目编码", "科目名称", "说明"],
        ["201", "  一般公共服务支出", "反映2010年以来"],
        *[[text[:7], f"　　{text[8:]}", "反映支出"] for text in LISTED],
        ["注：以上为部分科目。"],
    ],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_list_is_read_however_it_is_written(root: Path, shape: str) -> None:
    done = run(workbook(功能分类=SHAPES[shape]))
    assert done.exit_code == 0, done.output
    read = names(root, 2026)
    assert {text[:7]: text[8:] for text in LISTED}.items() <= read.items()
    assert "  新的：2010398 政务数据管理\n" in done.output
    assert "  改名的：2010306 政务公开办理（程序带的是政务公开审批）\n" in done.output


def test_sheets_are_told_apart_by_their_codes(root: Path) -> None:
    done = run(
        workbook(
            甲=[["编码", "名称"], ["2010398", "政务数据管理"], ["2010399", "其他"]],
            乙=[["部门经济分类", "名称", "政府经济分类", "名称"], ["30101", "基本工资", "50101", "工资奖金津补贴"]] * 2,
        )
    )
    assert done.exit_code == 0, done.output
    assert names(root, 2026)["2010398"] == "政务数据管理"
    assert names(root, 2026, Classification.DEPARTMENT_ECONOMIC) == {"30101": "基本工资"}
    assert names(root, 2026, Classification.GOVERNMENT_ECONOMIC) == {"50101": "工资奖金津补贴"}


@pytest.mark.usefixtures("root")
def test_what_the_shipped_list_has_and_this_one_has_not_is_said() -> None:
    done = run(workbook(甲=[["编码", "名称"], ["30101", "基本工资"], ["30102", "津贴补贴"]]))
    left = len(load_dictionary(Classification.DEPARTMENT_ECONOMIC, 2026).names) - 2
    assert "部门预算支出经济分类科目：2个\n" in done.output
    assert f"等{left}个" in done.output


def test_the_width_of_brackets_is_no_other_name(root: Path) -> None:
    done = run(workbook(甲=[["编码", "名称"], ["30213", "维修(护)费"], ["30101", "基本工资"]]))
    assert "改名" not in done.output
    assert names(root, 2026, Classification.DEPARTMENT_ECONOMIC)["30213"] == "维修（护）费"


def test_a_list_of_another_year_leaves_what_codes_were_called_before(root: Path) -> None:
    for year, name in ((2025, "甲"), (2026, "乙"), (2027, "乙"), (2024, "甲")):
        Path("科目.csv").write_text(f"编码,名称\n2010398,{name}\n2010301,行政运行\n", encoding="gbk")
        assert run("科目.csv", "--year", str(year)).exit_code == 0
    Path("科目.csv").write_text("编码,名称\n2010397,丙\n2010301,行政运行\n", encoding="utf-8")
    assert run("科目.csv", "--year", "2028").exit_code == 0
    called = [names(root, year).get("2010398") for year in range(2023, 2029)]
    assert called == [None, "甲", "甲", "乙", "乙", None]
    assert len(own_codes(own_files(Workspace(root))).codes) == 4


def test_nothing_is_written_twice_or_in_a_dry_run(root: Path) -> None:
    file = workbook(甲=SHAPES["two cells"])
    assert "要写：codes/function.csv" in run(file, "--dry-run").output
    assert not (root / "codes").exists()
    assert "写了codes/function.csv" in run(file).output
    assert "不用写" in run(file).output


def test_a_list_of_one_code_is_one_where_its_head_says_so(root: Path) -> None:
    assert run(workbook(甲=[["科目编码", "名称"], ["2010398", "政务数据管理"]])).exit_code == 0
    assert names(root, 2026) == {"2010398": "政务数据管理"}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["编码", "名称"], ["2010301", "行政运行"], ["2010301", "行政"]], "甲!A3 2010301是“行政”"),
        ([["编码", "名称"], ["2010301", "行政运行"], ["2010302", None]], "甲!A3 2010302没有名称"),
        ([["编码", "名称"], ["2010301", "行政运行"], ["20103022", "某事"]], "甲!A3 “20103022”是8位"),
        ([["单位", "金额"], ["甲局", 2010301]], "没有认出科目"),
    ],
)
def test_what_is_wrong_stops_the_import_with_its_cell(root: Path, rows: Sequence[Sequence[object]], said: str) -> None:
    done = run(workbook(甲=rows))
    assert (done.exit_code, said in done.output) == (1, True), done.output
    assert not (root / "codes").exists()


def test_a_list_without_a_year_is_asked_for_it(root: Path) -> None:
    (root / "科目.csv").write_text("编码,名称\n2010398,甲\n2010301,行政运行\n", encoding="utf-8")
    done = run("科目.csv")
    assert (done.exit_code, "--year" in done.output) == (2, True)


def test_editors_complete_from_the_list_at_once(root: Path) -> None:
    write_schemas(Workspace(root))
    path = root / "schema/codes/function.schema.json"
    assert NEW not in path.read_text("utf-8")
    assert "编辑器的提示" in run(workbook(甲=SHAPES["two cells"])).output
    assert f'"label": "{NEW}（2026年起）"' in path.read_text("utf-8")
    assert '"label": "2010301 行政运行"' in path.read_text("utf-8")
