"""Safe fixes: made where the finding points, nowhere else, and never so that a file can be read no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from discgen.check.fixing import check_and_fix, fix
from discgen.diagnostics import Diagnostic, Fix, Place, error
from discgen.explain.example import read_examples
from discgen.files import UnwritableError
from discgen.load.workspace import Workspace
from discgen.pipeline import check
from discgen.rules.catalogue import load_rules
from discgen.yamltext.read import examine_text, read_yaml
from tests.conftest import Demo
from tests.rules.test_catalogue import write_department

BUDGET = "2023/budget.yaml"
NARRATIVE = "2023/narrative.yaml"


def fixable(demo: Demo, file: str, key: str, old: str, new: str) -> Diagnostic:
    """A finding at the value of a top-level key, or of `key.key`, with its fix."""
    tree, _ = read_yaml((demo.folder / file).read_bytes(), f"departments/demo/{file}")
    assert tree is not None
    return error("X001", "x", tree.place(tuple(key.split(".")) if key else ()), fix=Fix(old, new))


def text(demo: Demo, file: str) -> str:
    return (demo.folder / file).read_text(encoding="utf-8")


def test_a_fix_is_made_where_the_finding_points(workspace: Demo) -> None:
    before = text(workspace, NARRATIVE)
    finding = fixable(workspace, NARRATIVE, "reasons.expenditure", "库房", "仓库")
    assert fix(workspace.workspace, [finding]) == (1, [])
    assert text(workspace, NARRATIVE) == before.replace("expenditure: 新增库房", "expenditure: 新增仓库")


def test_text_of_another_value_is_left_alone(workspace: Demo) -> None:
    before = text(workspace, NARRATIVE)
    assert fix(workspace.workspace, [fixable(workspace, NARRATIVE, "reasons.income", "压缩用车", "x")]) == (0, [])
    assert text(workspace, NARRATIVE) == before


def test_a_finding_at_a_mapping_reaches_what_is_in_it(workspace: Demo) -> None:
    assert fix(workspace.workspace, [fixable(workspace, NARRATIVE, "reasons", "压缩用车", "少用车")]) == (1, [])
    assert "three_public: 少用车" in text(workspace, NARRATIVE)


def test_several_fixes_of_a_file_do_not_move_each_other(workspace: Demo) -> None:
    findings = [
        fixable(workspace, NARRATIVE, "reasons.income", "新增", "这一年新增加了"),
        fixable(workspace, NARRATIVE, "reasons.three_public", "压缩", "减"),
        fixable(workspace, NARRATIVE, "reasons.agency_operation", "人员", "人"),
    ]
    assert fix(workspace.workspace, findings) == (3, [])
    assert "income: 这一年新增加了库房项目\n" in text(workspace, NARRATIVE)
    assert "three_public: 减用车\n  agency_operation: 人增加\n" in text(workspace, NARRATIVE)


def test_two_fixes_of_the_same_text_are_one(workspace: Demo) -> None:
    findings = [fixable(workspace, NARRATIVE, "reasons.income", "新增", new) for new in ("甲", "乙")]
    assert fix(workspace.workspace, findings) == (1, [])
    assert "income: 甲库房项目" in text(workspace, NARRATIVE)


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("reasons.income", "新增", "{{ x }}"),  # a mapping, and not the beginning of a text
        ("reasons.income", "新增", "新增: "),
        ("reasons.income", "新增", "\t"),
        ("reasons.income", "新增库房项目", ""),
        ("reasons", "income:", "inkome:"),
    ],
)
def test_a_fix_that_the_reader_or_the_schema_would_refuse_is_not_made(
    workspace: Demo, key: str, old: str, new: str
) -> None:
    good = fixable(workspace, NARRATIVE, "reasons.three_public", "压缩", "减少")
    before = text(workspace, NARRATIVE)
    assert fix(workspace.workspace, [fixable(workspace, NARRATIVE, key, old, new), good]) == (1, [])
    assert text(workspace, NARRATIVE) == before.replace("压缩", "减少")


def test_a_file_that_cannot_be_read_may_be_fixed_step_by_step(workspace: Demo) -> None:
    workspace.edit(BUDGET, "unit: 万元", "unit：万元")
    workspace.edit(BUDGET, "form: shanxi-budget-2023", "form: none\nfrom: x")
    place = Place(f"departments/demo/{BUDGET}", 4, 5)
    assert fix(workspace.workspace, [error("L004", "x", place, fix=Fix("：", ": "))]) == (1, [])
    assert "unit: 万元" in text(workspace, BUDGET)


@pytest.mark.parametrize("place", [Place(f"departments/demo/{NARRATIVE}", 999), Place("departments/demo/none.yaml")])
def test_a_place_that_is_not_there_any_more_is_left_alone(workspace: Demo, place: Place) -> None:
    before = text(workspace, NARRATIVE)
    assert fix(workspace.workspace, [error("X001", "x", place, fix=Fix("新增", "x"))]) == (0, [])
    assert text(workspace, NARRATIVE) == before


def test_a_finding_without_a_fix_changes_nothing(workspace: Demo) -> None:
    path = workspace.folder / BUDGET
    before = path.stat()
    assert fix(workspace.workspace, [error("R001", "x", Place(f"departments/demo/{BUDGET}", 5, 5))]) == (0, [])
    assert path.stat() == before


def test_a_file_outside_the_workspace_is_left_alone(workspace: Demo, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "narrative.yaml"
    outside.write_text("a: 甲\n", encoding="utf-8")
    link = workspace.folder / "2023/link.yaml"
    link.symlink_to(outside)
    finding = error("X001", "x", Place("departments/demo/2023/link.yaml", 1, 4), fix=Fix("甲", "乙"))
    with pytest.raises(UnwritableError, match="链接到了工作区之外"):
        fix(workspace.workspace, [finding])
    assert outside.read_text(encoding="utf-8") == "a: 甲\n"


def test_a_link_inside_the_workspace_stays_a_link(workspace: Demo) -> None:
    real = workspace.folder / "real.yaml"
    path = workspace.folder / NARRATIVE
    path.rename(real)
    path.symlink_to(real)
    assert fix(workspace.workspace, [fixable(workspace, NARRATIVE, "reasons.income", "新增", "增加")]) == (1, [])
    assert path.is_symlink()
    assert "增加库房项目" in real.read_text(encoding="utf-8")


def test_a_mark_line_endings_and_permissions_are_kept(workspace: Demo) -> None:
    path: Path = workspace.folder / NARRATIVE
    before = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(before)
    path.chmod(0o600)
    assert fix(workspace.workspace, [fixable(workspace, NARRATIVE, "reasons.three_public", "压缩", "减")]) == (1, [])
    assert path.read_bytes() == before.replace("压缩".encode(), "减".encode())
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_former_name_beside_a_code_becomes_the_name_of_the_year(workspace: Demo) -> None:
    workspace.edit(BUDGET, "function: 2010350", "function: 2010350 事业单位运行")
    checked, made = check_and_fix(workspace.workspace, [workspace.target])
    assert (checked.findings, made) == ([], 1)
    assert "function: 2010350 事业运行" in text(workspace, BUDGET)


def test_a_name_that_another_code_bears_is_for_a_person_to_fix(workspace: Demo) -> None:
    workspace.edit(BUDGET, "function: 2010350", "function: 2010350 行政运行")
    before = text(workspace, BUDGET)
    checked, made = check_and_fix(workspace.workspace, [workspace.target])
    assert ([finding.code for finding in checked.findings], made) == (["C002"], 0)
    assert text(workspace, BUDGET) == before


def test_names_in_every_file_are_fixed_at_once(workspace: Demo) -> None:
    workspace.edit(BUDGET, "function: 2010301,", "function: 2010301 行政,")
    workspace.edit(BUDGET, "function: 2010350", "function: 2010350 事业")
    workspace.edit("2023/projects/2-scan.yaml", "function: 2010350", "function: 2010350 事业")
    assert len(workspace.check()) == 3
    checked, made = check_and_fix(workspace.workspace, [workspace.target])
    assert (checked.findings, made) == ([], 3)


@pytest.mark.parametrize("code", [code for code, page in load_rules().items() if page.fixable])
def test_a_rule_that_says_it_can_be_fixed_is_fixed_in_its_bad_example(code: str, tmp_path: Path) -> None:
    write_department(tmp_path, read_examples(code)[0].files)
    workspace = Workspace(tmp_path)
    found = check(workspace, workspace.targets())
    offered = sum(finding.fix is not None for finding in found if finding.code == code)
    assert offered
    checked, made = check_and_fix(workspace, workspace.targets())
    assert made >= offered
    assert {finding.code for finding in checked.findings} <= {finding.code for finding in found}
    assert not any(finding.fix for finding in checked.findings)


def test_a_thousand_fixes_are_proved_by_a_few_readings(workspace: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each was proved by a reading of its own: a file of 1 MB took hours. Those that spoil the file are found by halves."""
    duties = "".join(f"    - 第{number}条错字。\n" for number in range(200))
    workspace.edit(NARRATIVE, "  duties:\n", f"  duties:\n{duties}")
    tree, _ = read_yaml((workspace.folder / NARRATIVE).read_bytes(), f"departments/demo/{NARRATIVE}")
    assert tree is not None
    places = [tree.place(("overview", "duties", number)) for number in range(200)]
    found = [
        error("X001", "x", place, fix=Fix("错字", "对字" if number != 77 else ": x: "))
        for number, place in enumerate(places)
    ]
    readings = []
    read = examine_text

    def counted(text: str, file: str) -> object:
        readings.append(file)
        return read(text, file)

    monkeypatch.setattr("discgen.check.fixing.examine_text", counted)
    assert fix(workspace.workspace, found) == (199, [])
    assert len(readings) < 25
    assert text(workspace, NARRATIVE).count("错字") == 1
