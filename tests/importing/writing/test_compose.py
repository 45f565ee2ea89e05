"""What an import writes, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from discgen.authoring.new_files import plan_new
from discgen.authoring.skeleton import year_skeletons
from discgen.errors import Refusal
from discgen.files import UnwritableError
from discgen.fmt.canonical import canonical
from discgen.form.form import load_form
from discgen.importing.report import describe
from discgen.importing.run import write_import
from discgen.model.line import Source
from discgen.pipeline import check
from tests.conftest import Demo
from tests.importing.books import HEADS, PAY, STORE
from tests.importing.workspaces import DEPARTMENT, FORM, TARGET, Empty


def ledger(empty: Empty, amount: str = "1000") -> Path:
    return empty.give("支出.csv", HEADS + PAY.replace("1000", amount) + STORE)


def test_a_section_says_where_it_came_from(empty: Empty) -> None:
    empty.take(ledger(empty))
    [line] = [line for line in empty.text().splitlines() if line.startswith("basic:")]
    assert line.startswith("basic:                             # 导入自支出.csv，摘要")
    assert "amounts:                           # 导入自支出.csv，摘要" in empty.text("projects/01-project.yaml")


def test_what_is_written_is_in_canonical_form(empty: Empty) -> None:
    plan = empty.take(ledger(empty))
    for path, text in plan.texts.items():
        name = path.relative_to(empty.root).as_posix()
        if "narrative" not in name:
            assert canonical(text, name) == text


def test_prose_begins_as_init_writes_it(empty: Empty) -> None:
    empty.take(ledger(empty))
    assert "待补充" in empty.text("narrative.yaml")
    codes = {finding.code for finding in check(empty.workspace, [TARGET])}
    assert {"P011", "Y010"} <= codes
    assert not codes & {"S001", "R001", "R002", "R003"}


def test_prose_that_is_there_stays(empty: Empty) -> None:
    empty.take(ledger(empty))
    empty.edit("organisation:", "organisation: # 改过", "narrative.yaml")
    before = empty.text("narrative.yaml")
    empty.take(ledger(empty, "2000"))
    assert empty.text("narrative.yaml") == before


def test_the_same_import_again_changes_nothing(empty: Empty) -> None:
    empty.take(ledger(empty))
    assert not empty.plan(ledger(empty)).texts


def test_what_an_import_wrote_is_replaced_by_the_next(empty: Empty) -> None:
    empty.take(ledger(empty))
    plan = empty.take(ledger(empty, "2000"))
    assert [path.name for path in plan.texts] == ["budget.yaml"]
    assert [line.amount for line in empty.facts().lines[Source.BASIC]] == [2000]


def test_what_was_filled_in_beside_it_stays(empty: Empty) -> None:
    empty.take(ledger(empty))
    empty.edit("    authorised: 0", "    authorised: 3                # 两辆在用")
    empty.take(ledger(empty, "2000"))
    assert "authorised: 3" in empty.text()
    assert "# 两辆在用" in empty.text()


@pytest.mark.parametrize(
    ("old", "new"), [("amount: 1000}", "amount: 1001}"), ("amount: 1000}", "amount: 1000}  # 见批复")]
)
def test_what_was_edited_by_hand_is_replaced_only_by_force(empty: Empty, old: str, new: str) -> None:
    empty.take(ledger(empty))
    empty.edit("unit: agency, " + old, "unit: agency, " + new)
    before = empty.text()
    with pytest.raises(Refusal, match=r"budget.yaml:[0-9]+:1 “basic”.*手工.*--force"):
        empty.plan(ledger(empty, "2000"))
    assert empty.text() == before
    empty.take(ledger(empty, "2000"), force=True)
    assert new not in empty.text()


def test_what_was_written_by_hand_from_the_start_is_safe(workspace: Demo, tmp_path: Path) -> None:
    empty = Empty(tmp_path, department=None)
    before = empty.text()
    with pytest.raises(Refusal, match="不是导入时写的样子"):
        empty.plan(empty.give("支出.csv", HEADS + PAY))
    assert empty.text() == before
    assert workspace.check() == []


PROJECT = "单位名称,科目编码,支出类别,项目名称,资金性质,金额（元）\n"


def test_a_project_keeps_its_goal_sheet_and_its_comments(workspace: Demo, tmp_path: Path) -> None:
    workspace.edit("2023/projects/1-store.yaml", "name: 库房改造", "name: 库房改造  # 二期")
    rows = "示范市档案局,2010301,项目支出,库房改造,一般公共预算,280000\n示范市档案馆,2010350,项目支出,档案扫描,一般公共预算,90000\n"
    empty = Empty(tmp_path, department=None)
    before = empty.text("projects/1-store.yaml")
    file = empty.give("支出.csv", PROJECT + rows)
    with pytest.raises(Refusal):
        empty.plan(file)
    write_import(empty.plan(file, force=True))
    after = empty.text("projects/1-store.yaml")
    assert "name: 库房改造  # 二期" in after
    assert after.partition("goal_sheet:")[2].split() == before.partition("goal_sheet:")[2].split()
    assert "- {amount: 280000}" in after
    assert empty.text("projects/2-scan.yaml").count("90000") == 3


def test_a_new_project_begins_as_init_writes_it(empty: Empty) -> None:
    empty.take(ledger(empty))
    lines = empty.text("projects/01-project.yaml").splitlines()
    assert lines[2:6] == ["name: 库房改造", "unit: agency", lines[4], "category: specific"]
    assert lines[4].startswith("function: 2010399")
    assert any("待补充" in line for line in lines)


@pytest.mark.parametrize(
    ("level", "fund_level"), [("中央", "central"), ("省级", "provincial"), ("市级", "local"), ("区级", "local")]
)
def test_the_money_of_a_new_goal_sheet_is_of_the_departments_level(tmp_path: Path, level: str, fund_level: str) -> None:
    empty = Empty(tmp_path, department=DEPARTMENT.replace("level: 市级", f"level: {level}"))
    empty.take(ledger(empty))
    text = empty.text("projects/01-project.yaml")
    assert f"    whole_period: {{{fund_level}: 270}}\n    annual: {{{fund_level}: 270}}\n" in text
    assert "G028" not in {finding.code for finding in check(empty.workspace, [TARGET])}


def begun(empty: Empty) -> Path:
    """The year as `init` begins it; its example of a project."""
    texts = year_skeletons(empty.workspace, TARGET, load_form(FORM))
    plan_new(empty.workspace, TARGET, texts).write()
    return empty.folder / "projects/01-example.yaml"


def test_the_example_that_init_wrote_gives_way_to_the_projects(empty: Empty) -> None:
    example = begun(empty)
    plan = empty.take(ledger(empty))
    assert plan.removed == (example,)
    assert sorted(path.name for path in example.parent.iterdir()) == ["01-project.yaml"]
    assert [line for line in describe(plan, empty.root) if "01-example" in line] == [
        "删去departments/demo/2023/projects/01-example.yaml：init写的样子，没有改过，项目已经导入"
    ]


def test_an_example_that_was_edited_stays(empty: Empty) -> None:
    example = begun(empty)
    empty.edit("name: 项目名称待补充", "name: 购置设备", "projects/01-example.yaml")
    plan = empty.take(ledger(empty))
    assert example.is_file()
    assert not plan.removed
    assert (empty.folder / "projects/02-project.yaml").is_file()


def test_an_example_stays_where_no_project_is_imported(empty: Empty) -> None:
    example = begun(empty)
    empty.take(empty.give("支出.csv", HEADS + PAY))
    assert example.is_file()


def test_a_new_goal_sheet_has_the_money_of_its_project(empty: Empty) -> None:
    carried = STORE.replace("270", "30")
    heads = HEADS.replace("金额", "当年或上年结转,金额")
    rows = [row.replace("资金,", f"资金,{origin},") for row, origin in ((STORE, "当年"), (carried, "上年结转"))]
    empty.take(empty.give("支出.csv", heads + "".join(rows)))
    text = empty.text("projects/01-project.yaml")
    assert "    whole_period: {local: 300}\n" in text
    assert "    annual: {local: 270}\n" in text


def test_a_project_that_moved_is_not_moved_in_silence(empty: Empty) -> None:
    empty.take(ledger(empty))
    moved = empty.give("支出.csv", HEADS + PAY + STORE.replace("2010399", "2010302"))
    with pytest.raises(Refusal, match=r"01-project\.yaml:5:11 “function”写的是2010399，导入的是2010302"):
        empty.plan(moved)
    empty.take(moved, force=True)
    assert [project.function_code for project in empty.facts().projects] == ["2010302"]


def test_a_project_that_is_not_in_the_ledger_is_named_and_stays(empty: Empty) -> None:
    empty.take(ledger(empty))
    plan = empty.take(empty.give("支出.csv", HEADS + PAY + STORE.replace("库房改造", "扫描")))
    assert plan.remarks[-1] == (
        "departments/demo/2023/projects/01-project.yaml 的项目“库房改造”不在导入的文件里，没有动它："
        "改了名称的，先在这个文件里改name再导入；不再安排的，移走它"
    )
    assert [project.name for project in empty.facts().projects] == ["库房改造", "扫描"]


def test_amounts_are_written_in_the_unit_of_the_file_that_is_there(empty: Empty) -> None:
    empty.take(ledger(empty))
    empty.edit("unit: 元  ", "unit: 万元")
    empty.take(ledger(empty, "2000.05"), force=True)
    assert "amount: 0.200005}" in empty.text()


def test_procurement_keeps_what_is_reserved(empty: Empty) -> None:
    empty.take(ledger(empty))
    empty.edit("  services: 0", "  services: 0\n  reserved: {sme: 5, micro: 2}")
    file = empty.give("lines.csv", "source,item,amount\nprocurement,goods,9\n")
    empty.take(file, force=True)
    assert empty.facts().lines[Source.PROCUREMENT][0].amount == 9
    assert "  reserved: {sme: 5, micro: 2}" in empty.text()


def test_nothing_is_written_where_one_file_cannot_be(empty: Empty) -> None:
    plan = empty.plan(ledger(empty))
    (empty.folder / "projects").parent.mkdir(parents=True)
    (empty.folder / "projects").write_text("在这里的不是文件夹", encoding="utf-8")
    with pytest.raises(UnwritableError, match="写不进去"):
        write_import(plan)
    assert sorted(path.name for path in empty.folder.iterdir()) == ["projects"]


def test_a_form_is_needed_for_a_new_year_and_kept_for_an_old_one(empty: Empty) -> None:
    with pytest.raises(Refusal, match=r"新的一年要用--form说明表式，可用的有：.*shanxi-budget-2023"):
        empty.plan(ledger(empty), form="")
    empty.take(ledger(empty))
    assert "form: shanxi-budget-2023" in empty.text()


def test_a_department_that_is_not_there_is_refused(empty: Empty) -> None:
    (empty.folder.parent / "department.yaml").unlink()
    with pytest.raises(Refusal, match="没有部门“demo”，先用discgen init新建"):
        empty.plan(ledger(empty))


def test_a_hundred_projects_keep_the_order_of_the_ledger(empty: Empty) -> None:
    rows = "".join(STORE.replace("库房改造", f"改造{number:03}") for number in range(101))
    empty.take(empty.give("支出.csv", HEADS + rows))
    assert [project.name for project in empty.facts().projects] == [f"改造{number:03}" for number in range(101)]


def test_further_projects_are_numbered_as_those_that_are_there(empty: Empty) -> None:
    empty.take(empty.give("支出.csv", HEADS + STORE))
    empty.take(empty.give("支出.csv", HEADS + STORE + STORE.replace("库房改造", "扫描")))
    assert sorted(path.name for path in (empty.folder / "projects").iterdir()) == ["01-project.yaml", "02-project.yaml"]


def test_what_was_saved_while_the_import_ran_is_not_overwritten(empty: Empty) -> None:
    empty.take(empty.give("支出.csv", HEADS + PAY))
    plan = empty.plan(empty.give("支出.csv", HEADS + PAY + STORE))
    empty.edit("year: 2023", "year: 2023                         # 核过")
    before = empty.text()
    with pytest.raises(UnwritableError, match=r"budget.yaml 刚刚被改过，没有覆盖"):
        write_import(plan)
    assert empty.text() == before
    assert not (empty.folder / "projects").exists()


def test_a_file_that_came_while_the_import_ran_is_not_overwritten(empty: Empty) -> None:
    plan = empty.plan(empty.give("支出.csv", HEADS + PAY))
    empty.folder.mkdir()
    (empty.folder / "narrative.yaml").write_text("overview: {}\n", encoding="utf-8")
    with pytest.raises(UnwritableError, match=r"narrative.yaml 刚刚被改过"):
        write_import(plan)
    assert not (empty.folder / "budget.yaml").exists()
    assert empty.text("narrative.yaml") == "overview: {}\n"


def test_an_example_that_was_filled_in_while_the_import_ran_stays(empty: Empty) -> None:
    texts = year_skeletons(empty.workspace, TARGET, load_form(FORM))
    plan_new(empty.workspace, TARGET, texts).write()
    plan = empty.plan(empty.give("支出.csv", HEADS + STORE))
    assert plan.removed
    empty.edit("项目名称待补充", "扫描", "projects/01-example.yaml")
    with pytest.raises(UnwritableError, match=r"01-example.yaml 刚刚被改过"):
        write_import(plan)
    assert "扫描" in empty.text("projects/01-example.yaml")
