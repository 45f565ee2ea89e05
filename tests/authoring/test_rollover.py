"""Next year's files from this year's: what moves, what goes, what is marked."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from discgen.authoring.rollover import roll_over
from discgen.cli import cli
from discgen.diagnostics import Severity
from discgen.document import Result as Composed
from discgen.errors import Refusal
from discgen.fmt.files import format_files
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.pipeline import compose
from discgen.publish.build import publish
from tests.conftest import Demo

DEPARTMENTS = Path(__file__).parents[2] / "departments"
ALL = [target for target in Workspace(DEPARTMENTS.parent).targets() if not target.unit]
COMMENT = re.compile(r"(?:^|\s)#.*")
FORM_ASKS = {"xinzhou-xzsp/2022": {"A003", "G008", "R008"}, "lvliang-xzsp/2023": {"G004", "P008"}}
"""What last year's facts lack for next year's form, where that is another one."""
BUDGET_ASKS = {"_example-national/2024/accounts", "putuo-caizheng/2024/accounts"}
"""Accounts whose form asks why they differ from the budget: last year's reasons are gone, its amounts are still there."""
DRAFTED = [("xinzhou-xzsp", 2022, "budget"), ("_example-all", 2025, "accounts")]


def copied(tmp_path: Path, target: Target) -> Workspace:
    """The department of a target, without its later years."""
    shutil.copytree(DEPARTMENTS / target.department, tmp_path / "departments" / target.department)
    workspace = Workspace(tmp_path)
    for other in workspace.targets():
        if other.year > target.year and workspace.folder(other).exists():
            shutil.rmtree(workspace.folder(other))
    return workspace


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rolled(tmp_path: Path, target: Target) -> tuple[Workspace, Composed, tuple[str, ...]]:
    workspace = copied(tmp_path, target)
    done = roll_over(workspace, target.department, target.year + 1, target.kind)
    return workspace, compose(workspace, done.target), done.finished


def comments(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").split("\n")
    found = [match[0].strip() for line in lines if (match := COMMENT.search(line))]
    return [comment.removesuffix("# 待确认").strip() for comment in found]


def run(demo: Demo, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["rollover", "-C", str(demo.workspace.root), *arguments])


def test_there_are_departments_to_roll_over() -> None:
    assert len(ALL) > 6


@pytest.mark.parametrize("target", ALL, ids=str)
def test_what_is_written_has_no_errors_but_marks_the_finished_and_what_a_new_form_asks(
    target: Target, tmp_path: Path
) -> None:
    _, result, finished = rolled(tmp_path, target)
    codes = {finding.code for finding in result.findings if finding.severity is Severity.ERROR}
    assert "Y010" in codes
    asked = FORM_ASKS.get(str(target), {"P065"} if str(target) in BUDGET_ASKS else set())
    assert codes <= {"Y010"} | ({"R003"} if finished else set()) | asked
    assert result.document is not None


@pytest.mark.slow
@pytest.mark.parametrize("target", [Target(*one) for one in DRAFTED], ids=str)
def test_a_draft_can_be_built_of_what_is_written(target: Target, tmp_path: Path) -> None:
    workspace, result, _ = rolled(tmp_path, target)
    done = publish(workspace, result.target, draft=True)
    assert done.path is not None
    assert done.path.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("target", ALL, ids=str)
def test_what_is_written_is_as_fmt_would_write_it(target: Target, tmp_path: Path) -> None:
    workspace, result, _ = rolled(tmp_path, target)
    folder = workspace.folder(result.target).relative_to(tmp_path).as_posix()
    formatted = [one for one in format_files(workspace, [str(result.target)], write=False) if folder in one.file]
    assert len(formatted) > 1
    assert [one.file for one in formatted if one.changed or one.left_alone] == []


@pytest.mark.parametrize("target", ALL, ids=str)
def test_nothing_that_was_there_is_changed_even_by_a_second_time(target: Target, tmp_path: Path) -> None:
    before = contents(copied(tmp_path / "before", target).root)
    workspace, result, _ = rolled(tmp_path / "after", target)
    written = workspace.folder(result.target).relative_to(workspace.root).as_posix()
    after = {name: data for name, data in contents(workspace.root).items() if not name.startswith(f"{written}/")}
    assert after == before
    with pytest.raises(Refusal, match="不覆盖"):
        roll_over(workspace, target.department, target.year + 1, target.kind)


@pytest.mark.parametrize("target", ALL, ids=str)
def test_comments_are_kept_but_those_of_what_is_dropped(target: Target, tmp_path: Path) -> None:
    workspace, result, _ = rolled(tmp_path, target)
    now = workspace.folder(result.target)
    dropped = re.compile(
        r"^(prior|prior_executed|reasons|reasons_by_code|merged_from):.*\n(?:[ \n].*\n?|\n)*", re.MULTILINE
    )
    for path in now.rglob("*.yaml"):
        before = workspace.folder(target) / path.relative_to(now)
        expected = tmp_path / "expected.yaml"
        expected.write_text(dropped.sub("", before.read_text(encoding="utf-8")), encoding="utf-8")
        kept, there = Counter(comments(path)), Counter(comments(expected))
        kept[""] = there[""] = 0
        assert there - kept == Counter()


def test_the_year_and_the_form_move_and_what_explains_last_year_goes(workspace: Demo) -> None:
    assert run(workspace, "demo", "2024").exit_code == 0
    text = (workspace.folder / "2024" / "budget.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../../schema/budget.schema.json\n")
    assert "\nform: shanxi-budget-2024\nyear: 2024\nunit: 万元\nincome:  # 待确认\n" in text
    assert "prior" not in text
    assert "reasons" not in (workspace.folder / "2024" / "narrative.yaml").read_text(encoding="utf-8")


def test_years_in_plans_move_and_those_of_the_past_and_of_the_basis_stay(workspace: Demo) -> None:
    store = "2023/projects/1-store.yaml"
    workspace.edit(store, "attribute: one_off", "attribute: recurring")
    workspace.edit(store, "plan: 这是计划。", "plan: 设计已于2023年完成，2023年建成。\n  filled_on: 2023-01-20")
    workspace.edit(store, "basis: 这是依据。", "basis: 2023年1月的批复和《2023年要点》。")
    run(workspace, "demo", "2024")
    text = (workspace.folder / "2024/projects/1-store.yaml").read_text(encoding="utf-8")
    assert "plan: 设计已于2023年完成，2024年建成。\n" in text
    assert "basis: 2023年1月的批复和《2023年要点》。\n" in text
    assert "filled_on" not in text


def test_the_day_of_the_assets_moves_by_one_year(workspace: Demo) -> None:
    budget = workspace.folder / "2023/budget.yaml"
    assets = "assets: {as_of: 2023-04-30, vehicles: {owned: 1}}\n"
    workspace.write("2023/budget.yaml", budget.read_text(encoding="utf-8") + assets)
    run(workspace, "demo", "2024")
    text = (workspace.folder / "2024/budget.yaml").read_text(encoding="utf-8")
    assert "assets: {as_of: 2024-04-30, vehicles: {owned: 1}}  # 待确认\n" in text


def test_finished_one_off_projects_stay_behind_and_are_named(workspace: Demo) -> None:
    workspace.edit("2023/projects/2-scan.yaml", "attribute: one_off", "attribute: continuing")
    done = run(workspace, "demo", "2024")
    assert "1-store.yaml（库房改造）" in done.stdout
    assert "2-scan.yaml" not in done.stdout
    assert [path.name for path in (workspace.folder / "2024/projects").iterdir()] == ["2-scan.yaml"]


def test_waivers_go_on_for_a_year_to_be_confirmed_and_those_without_a_file_go(workspace: Demo) -> None:
    row = "  - code: G011\n    at: projects/{0}\n    reason: 批复如此。\n    until: 2023\n"
    workspace.edit("2023/projects/2-scan.yaml", "attribute: one_off", "attribute: recurring")
    workspace.write("2023/waivers.yaml", "waivers:\n" + row.format("1-*.yaml") + row.format("2-*.yaml"))
    run(workspace, "demo", "2024")
    text = (workspace.folder / "2024/waivers.yaml").read_text(encoding="utf-8")
    assert text.endswith("\nwaivers:\n" + row.format("2-*.yaml").replace("2023", "2024  # 待确认"))


def test_a_year_that_is_there_is_refused_and_left_alone(workspace: Demo) -> None:
    run(workspace, "demo", "2024")
    before = contents(workspace.folder)
    done = run(workspace, "demo", "2024")
    assert done.exit_code == 2
    assert "不覆盖" in done.stderr
    assert contents(workspace.folder) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("demo", "2026"), "最近的是2023年，下一年是2024"),
        (("demo", "2024", "--kind", "accounts"), "第一年用discgen init demo"),
        (("../demo", "2024"), "不是部门"),
    ],
)
def test_what_has_no_last_year_is_refused(arguments: tuple[str, ...], said: str, workspace: Demo) -> None:
    done = run(workspace, *arguments)
    assert done.exit_code == 2
    assert said in done.stderr


def test_next_year_was_not_imported_from_last_years_ledger(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "\nexpenditure:", "\nexpenditure:    # 导入自支出.xlsx，摘要1a2b3c4d")
    assert run(workspace, "demo", "2024").exit_code == 0
    text = (workspace.folder / "2024/budget.yaml").read_text(encoding="utf-8")
    assert "导入自" not in text
    assert "\nexpenditure:" in text


def test_accounts_are_rolled_over_beside_a_budget_that_is_there(accounts: Demo) -> None:
    accounts.add_evaluation()
    assert run(accounts, "demo", "2024").exit_code == 0
    assert run(accounts, "demo", "2024", "--kind", "accounts").exit_code == 0
    assert (accounts.folder / "2024/evaluations/1-store.yaml").is_file()


def test_a_year_with_errors_of_spelling_is_refused_with_their_place(workspace: Demo) -> None:
    workspace.edit("2023/narrative.yaml", "overview:", "overview：")
    with pytest.raises(Refusal, match=r"2023/narrative\.yaml:1:9 L004"):
        roll_over(workspace.workspace, "demo", 2024)
    assert not (workspace.folder / "2024").exists()


def test_a_year_that_is_not_confirmed_is_not_handed_on(workspace: Demo) -> None:
    run(workspace, "demo", "2024")
    done = run(workspace, "demo", "2025")
    assert done.exit_code == 2
    assert "2024/budget.yaml:5:10 标着“待确认”" in done.stderr
    assert not (workspace.folder / "2025").exists()


def test_a_mark_in_quotation_marks_is_text(workspace: Demo) -> None:
    workspace.edit("2023/projects/1-store.yaml", "summary: 这是概况。", 'summary: "金额 # 待确认。"')
    assert workspace.found("Y010") == []


def test_a_mark_is_found_at_its_key(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "  - {fund: general, amount: 100}", "  - {fund: general, amount: 100}  #待确认")
    assert workspace.found("Y010") == ["2023/budget.yaml:5:6 Y010"]


def test_the_days_of_approval_and_publication_are_not_carried(workspace: Demo) -> None:
    days = "approved_on: 2023-02-06\npublished_on: 2023-02-20\n"
    workspace.edit("2023/budget.yaml", "unit: 万元\n", f"unit: 万元\n{days}")
    run(workspace, "demo", "2024")
    assert "_on:" not in (workspace.folder / "2024/budget.yaml").read_text(encoding="utf-8")


def test_what_was_broken_off_can_be_run_again(workspace: Demo) -> None:
    run(workspace, "demo", "2024")
    whole = contents(workspace.folder)
    year = workspace.folder / "2024"
    for name in ("budget.yaml", "narrative.yaml"):  # the facts come last
        (year / name).unlink()
        done = run(workspace, "demo", "2024")
        assert (done.exit_code, contents(workspace.folder)) == (0, whole)
        (year / "budget.yaml").unlink()
    (year / "narrative.yaml").write_text("mine", encoding="utf-8")
    done = run(workspace, "demo", "2024")
    assert (done.exit_code, "narrative.yaml，与要写的不同，不覆盖" in done.stderr) == (2, True)
    assert (year / "narrative.yaml").read_text(encoding="utf-8") == "mine"
    assert not (year / "budget.yaml").exists()


def test_the_words_of_units_are_carried_without_reasons(units: Demo) -> None:
    done = roll_over(units.workspace, "demo", 2024)
    words = (units.folder / "2024/units/agency/narrative.yaml").read_text(encoding="utf-8")
    assert "管理全市档案工作。" in words
    assert "reasons" not in words
    assert [target.unit for target in units.workspace.targets() if target.year == 2024] == ["", "agency", "archive"]
    assert "as_of: 2023-12-31" in (units.folder / "2024/budget.yaml").read_text(encoding="utf-8")
    assert done.remarks[1:] == ()


def test_a_unit_that_ends_with_the_year_is_not_carried(units: Demo) -> None:
    units.edit("department.yaml", "name: 示范市档案馆,", "name: 示范市档案馆, last_year: 2023,")
    done = roll_over(units.workspace, "demo", 2024)
    assert not (units.folder / "2024/units/archive").exists()
    assert "单位“archive”到2023年止，没有带过来" in done.remarks
