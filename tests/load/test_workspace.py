from __future__ import annotations

from pathlib import Path

import pytest

from discgen.load.target import Target
from discgen.load.workspace import TargetError, Workspace, select, select_one
from tests.conftest import Demo
from tests.units import AGENCY, ARCHIVE

DEMO = Target("demo", 2023, "budget")


@pytest.mark.parametrize(
    "name", ["demo", "demo/", "demo/2023", "demo/2023/", "departments/demo", "departments/demo/2023/"]
)
def test_a_target_is_named_by_its_department_or_its_year_folder(workspace: Demo, name: str) -> None:
    assert workspace.workspace.select((name,)) == [DEMO]


def test_a_department_stands_for_all_its_years_and_a_year_for_itself(workspace: Demo) -> None:
    workspace.write("2024/budget.yaml", "")
    assert [target.year for target in workspace.workspace.select(("demo",))] == [2023, 2024]
    assert [target.year for target in workspace.workspace.select(("demo/2024",))] == [2024]


def test_no_name_stands_for_everything_in_order(workspace: Demo, tmp_path: Path) -> None:
    other = tmp_path / "departments" / "aaa" / "2022"
    other.mkdir(parents=True)
    (other / "budget.yaml").touch()
    assert workspace.workspace.select(()) == [Target("aaa", 2022, "budget"), DEMO]


def test_a_target_named_twice_is_chosen_once(workspace: Demo) -> None:
    assert workspace.workspace.select(("demo", "demo/2023")) == [DEMO]


def test_a_folder_that_is_not_a_year_is_no_target(workspace: Demo) -> None:
    workspace.write("drafts/budget.yaml", "")
    assert workspace.workspace.targets() == [DEMO]


@pytest.mark.parametrize("name", ["dem", "demo/2022", "2023", "demo/2023/budget.yaml", ""])
def test_an_unknown_name_is_refused_with_what_there_is(workspace: Demo, name: str) -> None:
    with pytest.raises(TargetError, match=rf"^没有“{name}”。(可用|相近)的有：demo/2023$"):
        workspace.workspace.select((name,))


def test_one_unknown_name_among_good_ones_is_refused(workspace: Demo) -> None:
    with pytest.raises(TargetError, match="没有“other”"):
        workspace.workspace.select(("demo", "other"))


def test_an_empty_workspace_says_where_files_belong(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match=r"下没有部门：应有 departments/<部门>/<年度>/budget\.yaml"):
        Workspace(tmp_path).select(())


def test_a_missing_file_is_reported_by_its_name(workspace: Demo) -> None:
    (workspace.folder / "2023" / "narrative.yaml").unlink()
    assert workspace.found() == ["2023/narrative.yaml:1:1 L012"]


def test_missing_files_are_all_reported_with_the_other_errors(workspace: Demo) -> None:
    (workspace.folder / "2023" / "narrative.yaml").unlink()
    (workspace.folder / "department.yaml").unlink()
    workspace.edit("2023/budget.yaml", "unit: 万元", "unit: 亿元")
    assert workspace.found() == [
        "2023/budget.yaml:3:7 S006",
        "2023/narrative.yaml:1:1 L012",
        "department.yaml:1:1 L012",
    ]


def test_a_link_that_leads_out_of_the_workspace_is_refused(tmp_path: Path) -> None:
    demo = Demo(tmp_path / "inside")
    outside = tmp_path / "outside.yaml"
    outside.write_text("name: 秘密", encoding="utf-8")
    (demo.folder / "2023" / "projects" / "3-link.yaml").symlink_to(outside)
    findings = demo.check()
    assert demo.found() == ["2023/projects/3-link.yaml:1:1 L011"]
    assert "秘密" not in findings[0].message


def test_a_project_with_another_ending_is_not_passed_over(workspace: Demo) -> None:
    (workspace.folder / "2023" / "projects" / "3-more.yml").write_text("name: 甲", encoding="utf-8")
    assert workspace.found() == ["2023/projects/3-more.yml:1:1 L016"]


def test_a_link_to_itself_is_refused(workspace: Demo) -> None:
    link = workspace.folder / "2023" / "projects" / "3-loop.yaml"
    link.symlink_to(link)
    assert workspace.found() == ["2023/projects/3-loop.yaml:1:1 L013"]
    told = [(finding.message, finding.hint) for finding in workspace.check()]
    assert told == [("文件读不出来：是指向自己的链接", "移走它，放上文件本身")]


def test_a_link_to_its_own_name_is_told_as_that(workspace: Demo) -> None:
    """As `ln -s budget.yaml budget.yaml` makes it: what it leads to is said from its own folder."""
    link = workspace.folder / "2023/budget.yaml"
    link.unlink()
    link.symlink_to("budget.yaml")
    assert [finding.message for finding in workspace.check()] == ["文件读不出来：是指向自己的链接"]


def test_links_in_a_circle_are_told_as_that(workspace: Demo) -> None:
    one, other = (workspace.folder / "2023/projects" / name for name in ("3-one.yaml", "4-other.yaml"))
    one.symlink_to(other)
    other.symlink_to(one)
    assert {finding.message for finding in workspace.check()} == {"文件读不出来：链接绕成了圈"}


def test_a_linked_folder_that_leads_out_is_refused(tmp_path: Path) -> None:
    demo = Demo(tmp_path / "inside")
    projects = demo.folder / "2023" / "projects"
    projects.rename(tmp_path / "outside")
    projects.symlink_to(tmp_path / "outside")
    assert demo.found() == ["2023/projects:1:1 L011"]


def test_a_link_that_stays_inside_is_followed(workspace: Demo) -> None:
    project = workspace.folder / "2023" / "projects" / "1-store.yaml"
    project.rename(workspace.folder / "kept.yaml")
    project.symlink_to(workspace.folder / "kept.yaml")
    assert workspace.found() == []


def test_a_workspace_reached_by_a_link_is_like_any_other(workspace: Demo, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    tree, findings = Workspace(link).read(link / "departments" / "demo" / "department.yaml")
    assert findings == []
    assert tree is not None
    assert workspace.found() == []


def test_a_folder_in_place_of_a_file_is_reported(workspace: Demo) -> None:
    (workspace.folder / "2023" / "projects" / "3-folder.yaml").mkdir()
    assert workspace.found() == ["2023/projects/3-folder.yaml:1:1 L013"]


ACCOUNTS = Target("demo", 2023, "accounts")


def test_a_year_may_have_a_budget_and_accounts(accounts: Demo) -> None:
    assert accounts.workspace.targets() == [ACCOUNTS, DEMO]
    assert accounts.workspace.select(()) == [ACCOUNTS, DEMO]


@pytest.mark.parametrize("name", ["demo", "demo/2023", "departments/demo/2023/"])
def test_a_department_or_a_year_stands_for_both_kinds(accounts: Demo, name: str) -> None:
    assert accounts.workspace.select((name,)) == [ACCOUNTS, DEMO]


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("demo/2023/accounts", ACCOUNTS),
        ("departments/demo/2023/accounts/", ACCOUNTS),
        ("demo/2023/budget", DEMO),
    ],
)
def test_one_kind_of_a_year_may_be_named(accounts: Demo, name: str, target: Target) -> None:
    assert accounts.workspace.select((name,)) == [target]


def test_a_kind_that_the_year_does_not_have_is_refused(workspace: Demo) -> None:
    with pytest.raises(TargetError, match="没有“demo/2023/accounts”"):
        workspace.workspace.select(("demo/2023/accounts",))


def test_accounts_without_a_budget_are_a_target(accounts: Demo) -> None:
    (accounts.folder / "2023" / "budget.yaml").unlink()
    assert accounts.workspace.select(("demo",)) == [ACCOUNTS]


def test_a_target_is_called_by_its_year_and_accounts_by_their_kind_too() -> None:
    assert (str(DEMO), str(ACCOUNTS)) == ("demo/2023", "demo/2023/accounts")


def test_what_a_target_is_called_selects_it(accounts: Demo) -> None:
    assert accounts.workspace.select((str(ACCOUNTS),)) == [ACCOUNTS]
    assert DEMO in accounts.workspace.select((str(DEMO),))


def test_an_example_is_chosen_by_its_name_only(workspace: Demo, tmp_path: Path) -> None:
    example = tmp_path / "departments" / "_example" / "2023"
    example.mkdir(parents=True)
    (example / "budget.yaml").touch()
    assert workspace.workspace.select(()) == [DEMO]
    assert workspace.workspace.select(("_example",)) == [Target("_example", 2023, "budget")]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("demo/2023", [DEMO, AGENCY, ARCHIVE]),
        ("demo/2023/budget", [DEMO, AGENCY, ARCHIVE]),
        ("demo/2023/department", [DEMO]),
        ("demo/2023/budget/department", [DEMO]),
        ("demo/2023/archive", [ARCHIVE]),
        ("demo/2023/budget/archive", [ARCHIVE]),
    ],
)
def test_a_year_stands_for_the_department_and_its_units_and_each_can_be_named(
    units: Demo, name: str, meant: list[Target]
) -> None:
    assert units.workspace.select((name,)) == meant


def test_a_file_of_a_unit_stands_for_the_unit(units: Demo) -> None:
    assert select(units.workspace, [str(units.folder / "2023/units/archive/narrative.yaml")]) == [ARCHIVE]


def test_who_wants_one_document_of_a_year_gets_the_department_s(units: Demo) -> None:
    assert select_one(units.workspace, "demo/2023") == DEMO
    assert select_one(units.workspace, "demo/2023/archive") == ARCHIVE


def test_a_unit_has_the_kinds_that_it_has_words_for(units: Demo) -> None:
    units.write("2023/units/archive/accounts-narrative.yaml", "")
    units.add_accounts()
    kinds = [str(target) for target in units.workspace.targets()]
    assert kinds == ["demo/2023/accounts", "demo/2023/accounts/archive", *map(str, (DEMO, AGENCY, ARCHIVE))]


def test_a_file_straight_in_units_is_found(units: Demo) -> None:
    units.write("2023/units/narrative.yaml", "")
    assert units.found("L018") == ["2023/units/narrative.yaml:1:1 L018"]


def test_lines_of_its_own_in_the_folder_of_a_unit_are_found(units: Demo) -> None:
    units.write("2023/units/archive/budget.yaml", "")
    assert units.found("L018") == ["2023/units/archive/budget.yaml:1:1 L018"]
