"""The skeletons of a new department or year: check finds nothing in them but what is to be filled in."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from discgen.authoring.new_workspace import new_workspace
from discgen.cli import cli
from discgen.diagnostics import Severity
from discgen.errors import Refusal
from discgen.form.files import form_names, form_title
from discgen.form.form import Scope, load_form
from discgen.form.printed import unprinted_keys
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.pipeline import compose
from discgen.yamltext.read import read_yaml
from tests.conftest import Demo

ABOUT = (
    *("--name", "示范市档案局", "--short-name", "市档案局", "--code", "026", "--region", "示范市", "--level", "市级"),
    *("--unit", "agency=示范市档案局:administrative", "--unit", "archive=示范市档案馆:institution"),
)
TO_FILL_IN = {"P011", "R017", "G013", "Y010"}
ABOUT_DEPARTMENT = ["示范市档案局", "", "", "示范市", "市级"]
UNITS = ["", "", "示范市档案馆", "", ""]
ANSWERS = [*ABOUT_DEPARTMENT, *UNITS, "2026", "", "shanxi-budget-2025"]


def run(root: Path, *arguments: str, answers: list[str] | None = None) -> Result:
    lines = "".join(f"{answer}\n" for answer in answers or [])
    return CliRunner().invoke(cli, ["init", "-C", str(root), *arguments], input=lines)


def keys_of(text: str) -> Iterator[tuple[str, ...]]:
    """The paths of the keys of a file, those in lists left out."""
    tree, findings = read_yaml(text.encode(), "file.yaml")
    assert tree is not None, (findings, text)
    yield from (tuple(map(str, path)) for path in tree.values if not any(isinstance(step, int) for step in path))


def begun(form: str) -> int:
    """How many files a department of the form begins with: its own, facts, prose, and an example of what has a folder.

    The document of a unit of Shanghai has nothing of projects.
    """
    loaded = load_form(form)
    has_projects = loaded.kind == "budget" and not form.startswith("shanghai-unit")
    return 4 if has_projects or loaded.evaluation else 3


def about(form: str) -> tuple[str, ...]:
    """What there is to say of a department: of one unit alone, where the form is for that."""
    return ABOUT[:-2] if load_form(form).scope is Scope.UNIT else ABOUT


def told(year: int, form: str) -> tuple[str, ...]:
    return ("--year", str(year), "--kind", load_form(form).kind, "--form", form)


@pytest.mark.parametrize("form", form_names())
def test_a_new_department_asks_nothing_where_all_is_told_and_lacks_only_what_is_to_be_filled_in(
    form: str, tmp_path: Path
) -> None:
    year = int(form.rpartition("-")[2])
    done = run(tmp_path, "demo", *about(form), *told(year, form))
    assert (done.exit_code, done.stderr) == (0, "")
    result = compose(Workspace(tmp_path), Target("demo", year, load_form(form).kind))
    assert result.document is not None
    assert {finding.code for finding in result.findings} - TO_FILL_IN == set()
    assert {"P011", "R017", "Y010"} <= {finding.code for finding in result.findings}


@pytest.mark.parametrize("form", form_names())
def test_files_begin_with_their_schema_and_have_no_figure_but_naught(form: str, tmp_path: Path) -> None:
    year = int(form.rpartition("-")[2])
    run(tmp_path, "demo", *about(form), *told(year, form))
    paths = list(tmp_path.rglob("*.yaml"))
    assert len(paths) == begun(form)
    for path in paths:
        text = path.read_text(encoding="utf-8")
        schema = text.partition("\n")[0].removeprefix("# yaml-language-server: $schema=")
        depth = len(path.relative_to(tmp_path).parts) - 1
        assert schema.count("../") == depth
        assert (Path(__file__).parents[2] / schema.replace("../", "")).is_file()
        assert "amount: 0" in text or "amount" not in text


@pytest.mark.parametrize(("level", "fund_level"), [("中央", "central"), ("省级", "provincial"), ("县级", "local")])
def test_goal_sheets_and_reports_begin_with_money_of_the_departments_level(
    tmp_path: Path, level: str, fund_level: str
) -> None:
    """The second year takes the level from the department's file."""
    run(tmp_path, "demo", *ABOUT[:9], level, *ABOUT[10:], *told(2024, "shanxi-accounts-2024"))
    run(tmp_path, "demo", *told(2025, "shanxi-budget-2025"))
    year = tmp_path / "departments/demo"
    report = (year / "2024/evaluations/01-example.yaml").read_text(encoding="utf-8")
    sheet = (year / "2025/projects/01-example.yaml").read_text(encoding="utf-8")
    assert f"  - {{level: {fund_level}, requested: 0" in report
    assert f"    whole_period: {{{fund_level}: 0}}\n    annual: {{{fund_level}: 0}}\n" in sheet


def test_what_is_not_told_is_asked(tmp_path: Path) -> None:
    done = run(tmp_path, "demo", answers=ANSWERS)
    assert done.exit_code == 0, done.output
    text = (tmp_path / "departments/demo/department.yaml").read_text(encoding="utf-8")
    assert "name: 示范市档案局\nshort_name: 示范市档案局\n" in text
    assert "  - id: agency\n    name: 示范市档案局\n    kind: administrative\n" in text
    assert "  - id: unit2\n    name: 示范市档案馆\n    kind: institution\n" in text
    assert "# code: 026" in text
    budget = (tmp_path / "departments/demo/2026/budget.yaml").read_text(encoding="utf-8")
    assert "\nform: shanxi-budget-2025\nyear: 2026\n" in budget


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("县", "县级"),
        ("市", "市级"),
        ("区", "区级"),
        ("省", "省级"),
        ("乡", "乡级"),
        ("镇", "乡级"),
        (" 县级 ", "县级"),
    ],
)
def test_the_level_may_be_answered_by_the_name_of_the_place(said: str, level: str, tmp_path: Path) -> None:
    done = run(tmp_path, "demo", answers=[*ABOUT_DEPARTMENT[:4], said, *ANSWERS[5:]])
    assert done.exit_code == 0, done.output
    assert f"level: {level}\n" in (tmp_path / "departments/demo/department.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("行政", "administrative"),
        ("机关", "administrative"),
        ("参公", "quasi_administrative"),
        ("事业", "institution"),
    ],
)
def test_the_kind_of_a_unit_may_be_shortened(said: str, kind: str, tmp_path: Path) -> None:
    done = run(tmp_path, "demo", answers=[*ABOUT_DEPARTMENT, "", said, "", *ANSWERS[-3:]])
    assert done.exit_code == 0, done.output
    assert f"    kind: {kind}\n" in (tmp_path / "departments/demo/department.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("year", ["2024年", "2024年度", "2024"])
@pytest.mark.parametrize(
    ("kind", "form", "file"),
    [
        ("部门预算", "shanxi-budget-2024", "budget.yaml"),
        ("部门决算", "shanxi-accounts-2024", "accounts.yaml"),
        ("决算", "shanxi-accounts-2024", "accounts.yaml"),
    ],
)
def test_year_and_kind_may_be_answered_in_full(year: str, kind: str, form: str, file: str, tmp_path: Path) -> None:
    done = run(tmp_path, "demo", answers=[*ABOUT_DEPARTMENT, *UNITS, year, kind, form])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "departments/demo/2024" / file).is_file()


def test_an_answer_that_is_no_level_is_asked_again(tmp_path: Path) -> None:
    done = run(tmp_path, "demo", answers=[*ABOUT_DEPARTMENT[:4], "州", *ANSWERS[4:]])
    assert done.exit_code == 0, done.output
    assert "“州”" in done.output


def test_what_must_be_answered_and_what_is_no_answer_are_told_in_plain_words(tmp_path: Path) -> None:
    answers = [*ABOUT_DEPARTMENT[:4], "", "州", "市级", *UNITS, "25", "", *ANSWERS[-3:]]
    done = run(tmp_path, "demo", answers=answers)
    assert done.exit_code == 0, done.output
    assert done.output.count("这一项要填") == 2
    assert "没有“州”，可以写：中央、省级、市级、区级、县级、乡级\n" in done.output
    assert "“25”不是年度，写四位数字，从2000到2099，例如2025\n" in done.output


@pytest.mark.parametrize(
    ("region", "level"),
    [
        ("云溪县", "县级"),
        ("云溪旗", "县级"),
        ("上海市长河区", "区级"),
        ("内蒙古自治区", "省级"),
        ("吕梁市", "市级"),
        ("孝义市", "县级"),
    ],
)
def test_the_level_that_the_region_tells_is_taken_by_one_key(region: str, level: str, tmp_path: Path) -> None:
    done = run(tmp_path, "demo", answers=[*ABOUT_DEPARTMENT[:3], region, "", *ANSWERS[5:]])
    assert done.exit_code == 0, done.output
    assert f"[{level}]" in done.output
    assert f"level: {level}\n" in (tmp_path / "departments/demo/department.yaml").read_text(encoding="utf-8")


def test_without_any_argument_the_folder_is_asked_for_first(tmp_path: Path) -> None:
    done = run(tmp_path, answers=["demo", *ANSWERS])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "departments/demo/2026/budget.yaml").is_file()


def test_what_no_file_may_hold_is_asked_again(tmp_path: Path) -> None:
    name, short_name, _, *rest = ANSWERS
    done = run(tmp_path, answers=["档案局", "demo", name, short_name, "二十六", "026", *rest])
    assert done.exit_code == 0, done.output
    assert "文件夹名“档案局”只用小写字母" in done.output
    assert "部门编码是三到十位数字" in done.output
    assert "code: 026\n" in (tmp_path / "departments/demo/department.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("unit", ["a", "agency", "a-unit-with-a-long-id"])
@pytest.mark.parametrize("form", form_names())
def test_what_is_written_is_as_fmt_would_write_it(form: str, unit: str, tmp_path: Path) -> None:
    year = int(form.rpartition("-")[2])
    run(tmp_path, "demo", *ABOUT[:10], "--unit", f"{unit}=示范市档案局:administrative", *told(year, form))
    done = CliRunner().invoke(cli, ["fmt", "--check", "-C", str(tmp_path)])
    assert (done.exit_code, done.stdout) == (0, "")
    assert f"共{begun(form)}个文件" in done.stderr


FILLED = {
    "  # 待确认": "",
    "项目名称待补充": "档案库房改造",
    "待补充": "负责全市档案的接收和保管",
    "{fund: general, amount: 0}     #": "{fund: general, amount: 1000000}  #",
    "{fund: general, amount: 0}\n": "{fund: general, amount: 400000}\n",
    "{function: 2010301, amount: 0}": "{function: 2010301, amount: 1000000}",
    "basic: 0": "basic: 600000",
    "personnel: 0, operating: 0": "personnel: 500000, operating: 100000",
    "project: 0": "project: 400000",
    "government: 50101, amount: 0": "government: 50101, amount: 500000",
    "government: 50201, amount: 0": "government: 50201, amount: 100000",
    "{department: 30101, amount: 0}": "{department: 30101, amount: 600000}",
    "local: 0": "local: 400000",
    "requested: 0, approved: 0, adjusted: 0, executed: 0": "requested: 1, approved: 1, adjusted: 1, executed: 1",
    "score: 0": "score: 30",
}


@pytest.mark.parametrize("form", form_names())
def test_filled_in_only_purposes_are_asked_for_and_the_hint_says_where(form: str, tmp_path: Path) -> None:
    year, kind = int(form.rpartition("-")[2]), load_form(form).kind
    run(tmp_path, "demo", *ABOUT[:10], "--unit", "agency=示范市档案局:administrative", *told(year, form))
    for path in tmp_path.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        for blank, filled in FILLED.items():
            text = text.replace(blank, filled)
        path.write_text(text, encoding="utf-8")
    found = compose(Workspace(tmp_path), Target("demo", year, kind)).findings
    assert {one.code for one in found if one.severity is Severity.ERROR} <= {"P009"}
    assert all("\npurposes:\n  " in one.hint for one in found if one.code == "P009")


def test_answers_that_end_too_early_write_nothing(tmp_path: Path) -> None:
    done = run(tmp_path, "demo", answers=ANSWERS[:4])
    assert done.exit_code == 2
    assert "什么也没有写" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_department_that_is_there_gets_only_the_year(workspace: Demo) -> None:
    before = (workspace.folder / "department.yaml").read_bytes()
    done = run(workspace.workspace.root, "demo", *told(2024, "shanxi-budget-2024"))
    assert done.exit_code == 0, done.output
    assert (workspace.folder / "department.yaml").read_bytes() == before
    assert (workspace.folder / "2024/budget.yaml").is_file()


def test_a_department_that_is_there_is_not_described_again(workspace: Demo) -> None:
    done = run(workspace.workspace.root, "demo", "--name", "别的局", *told(2024, "shanxi-budget-2024"))
    assert done.exit_code == 2
    assert not (workspace.folder / "2024").exists()


def test_a_year_that_is_there_is_refused_and_left_alone(workspace: Demo) -> None:
    before = (workspace.folder / "2023/budget.yaml").read_bytes()
    done = run(workspace.workspace.root, "demo", *told(2023, "shanxi-budget-2023"))
    assert done.exit_code == 2
    assert "不覆盖" in done.stderr
    assert (workspace.folder / "2023/budget.yaml").read_bytes() == before


def test_accounts_are_begun_beside_a_budget(workspace: Demo) -> None:
    done = run(workspace.workspace.root, "demo", *told(2023, "shanxi-accounts-2024"))
    assert done.exit_code == 0, done.output
    assert (workspace.folder / "2023/accounts.yaml").is_file()
    narrative = (workspace.folder / "2023/accounts-narrative.yaml").read_text(encoding="utf-8")
    assert "overview:  # 待确认\n  duties:\n    - 收集和保管档案。\n" in narrative
    assert "待补充" not in narrative


def test_an_overview_that_cannot_be_read_is_not_taken_over(workspace: Demo) -> None:
    workspace.edit("2023/narrative.yaml", "overview:", "overview：")
    done = run(workspace.workspace.root, "demo", *told(2023, "shanxi-accounts-2024"))
    assert done.exit_code == 0, done.output
    assert "待补充" in (workspace.folder / "2023/accounts-narrative.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("folder", "changed", "said"),
    [
        ("../demo", (), "只用小写字母"),
        ("demo", ("--form", "shanxi-accounts-2024"), "不是budget的表式"),
        ("demo", ("--code", "二十六"), "部门编码"),
        ("demo", ("--name", "两\n行"), "一行"),
        ("demo", ("--unit", "1a=示范市档案馆:institution"), "代号"),
    ],
)
def test_what_no_file_may_hold_is_refused(folder: str, changed: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = run(tmp_path, folder, *ABOUT, *told(2024, "shanxi-budget-2024"), *changed)
    assert done.exit_code == 2
    assert said in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_yaml_would_take_apart_is_quoted(tmp_path: Path) -> None:
    run(tmp_path, "demo", *ABOUT, *told(2024, "shanxi-budget-2024"), "--name", "档案局: 本级 #1")
    result = compose(Workspace(tmp_path), Target("demo", 2024, "budget"))
    assert result.document is not None
    assert result.document.disclosure.department.name == "档案局: 本级 #1"


def test_a_folder_with_a_spreadsheet_in_it_becomes_the_workspace(tmp_path: Path) -> None:
    (tmp_path / "明细账.xlsx").write_bytes(b"PK")
    done = run(tmp_path, "demo", *ABOUT, *told(2024, "shanxi-budget-2024"))
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[0] == f"这里还没有工作区，就建在{tmp_path.resolve()}"
    assert (tmp_path / "明细账.xlsx").read_bytes() == b"PK"
    assert (tmp_path / "departments/demo/2024/budget.yaml").is_file()


def test_a_workspace_that_is_there_is_not_said_to_be_new(workspace: Demo) -> None:
    assert "这里还没有工作区" not in run(workspace.workspace.root, "demo", *told(2024, "shanxi-budget-2024")).output


def test_below_a_workspace_it_is_said_where_the_files_go(workspace: Demo) -> None:
    root = workspace.workspace.root
    done = run(workspace.folder, "demo", *told(2024, "shanxi-budget-2024"))
    assert done.stdout.splitlines()[0] == f"写在上级的工作区里：{root.resolve()}"


@pytest.mark.parametrize("home", ["", "clerk"])
def test_the_home_folder_and_what_holds_it_are_no_workspace(
    home: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / home))
    done = run(tmp_path, "demo", *ABOUT, *told(2024, "shanxi-budget-2024"))
    assert done.exit_code == 2
    assert "不能作工作区：先新建一个文件夹" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_root_is_no_workspace() -> None:
    with pytest.raises(Refusal, match="/ 不能作工作区"):
        new_workspace(Path("/"))


def test_a_file_called_departments_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "departments").write_text("", encoding="utf-8")
    done = run(tmp_path, "demo", *ABOUT, *told(2024, "shanxi-budget-2024"))
    assert done.exit_code == 2
    assert "departments不是文件夹" in done.stderr


@pytest.mark.parametrize("at", [0, 1, 3, 5, 7])
def test_a_name_that_no_file_may_hold_is_asked_again_at_once(at: int, tmp_path: Path) -> None:
    done = run(tmp_path, "demo", answers=[*ANSWERS[:at], "# 错", *ANSWERS[at:]])
    assert done.exit_code == 0, done.output
    assert "写成了“# 错”（名称写在一行里" in done.output
    assert "# 错" not in (tmp_path / "departments/demo/department.yaml").read_text(encoding="utf-8")


def test_the_kind_is_that_of_the_form_and_not_asked_for(tmp_path: Path) -> None:
    done = run(tmp_path, "demo", *ABOUT, "--year", "2024", "--form", "shanxi-accounts-2024")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "departments/demo/2024/accounts.yaml").is_file()


def test_a_year_folder_that_leads_out_of_the_workspace_is_refused(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    (root / "departments").mkdir(parents=True)
    outside.mkdir()
    (root / "departments/demo").symlink_to(outside)
    done = run(root, "demo", *ABOUT, *told(2024, "shanxi-budget-2024"))
    assert done.exit_code == 2
    assert "工作区之外" in done.stderr
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize(
    "form", ["shanxi-budget-2025", "shanxi-accounts-2024", "national-accounts-2024", "shanghai-accounts-2024"]
)
def test_lines_that_are_commented_out_are_well_written_once_the_mark_is_taken_away(form: str, tmp_path: Path) -> None:
    year = int(form.rpartition("-")[2])
    run(tmp_path, "demo", *ABOUT, *told(year, form))
    path = tmp_path / "departments/demo" / str(year) / f"{load_form(form).kind}.yaml"
    text = re.sub(r"(?m)^# (?=[a-z_]+:|  )", "", path.read_text(encoding="utf-8"))
    assert "prior:\n" in re.sub(r" +#.*", "", text)
    path.write_text(text, encoding="utf-8")
    found = compose(Workspace(tmp_path), Target("demo", year, load_form(form).kind)).findings
    assert [one.message for one in found if one.code[0] in "LSC"] == []


NEW = (
    *("zwfw", "--name", "示范市政务服务局", "--short-name", "政务局", "--code", "105001", "--region", "示范市"),
    *("--level", "市级", "--unit", "agency=示范市政务服务局:administrative"),
)


def broken_off(root: Path, monkeypatch: pytest.MonkeyPatch, after: int) -> bool:
    """Run `init` and break it off after so many files, as a kill would; whether it was not over before."""
    written = 0

    def replace(path: Path, data: bytes) -> None:
        nonlocal written
        if written == after:
            raise KeyboardInterrupt
        written += 1
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    with monkeypatch.context() as patched:
        for module in ("new_files", "new_workspace"):
            patched.setattr(f"discgen.authoring.{module}.replace_file", replace)
        run(root, *NEW, *told(2025, "shanxi-budget-2025"))
    return written == after


@pytest.mark.parametrize("after", [0, 1, 2, 20, -9, -4, -2, -1])
def test_what_was_broken_off_can_be_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """At every moment: the facts, which make a year of the folder, are written last of all."""
    whole, half = tmp_path / "whole", tmp_path / "half"
    for root in (whole, half):
        root.mkdir()
    assert run(whole, *NEW, *told(2025, "shanxi-budget-2025")).exit_code == 0
    files = [path for path in whole.rglob("*") if path.is_file()]
    assert broken_off(half, monkeypatch, after if after >= 0 else len(files) + after)
    assert Workspace(half).targets() in ([], Workspace(whole).targets())
    done = run(half, *NEW, *told(2025, "shanxi-budget-2025"))
    assert done.exit_code == 0, done.output
    assert {path.relative_to(half): path.read_bytes() for path in half.rglob("*") if path.is_file()} == {
        path.relative_to(whole): path.read_bytes() for path in files
    }


def test_what_was_changed_since_it_was_broken_off_is_named_and_kept(tmp_path: Path) -> None:
    assert run(tmp_path, *NEW, *told(2025, "shanxi-budget-2025")).exit_code == 0
    year = tmp_path / "departments/zwfw/2025"
    (year / "budget.yaml").unlink()
    (year / "narrative.yaml").write_text("mine", encoding="utf-8")
    done = run(tmp_path, *NEW, *told(2025, "shanxi-budget-2025"))
    assert done.exit_code == 2
    assert (
        "departments/zwfw/2025里已经有narrative.yaml，与要写的不同，不覆盖：上次没有写完的，移走再运行" in done.stderr
    )
    assert (year / "narrative.yaml").read_text(encoding="utf-8") == "mine"
    assert not (year / "budget.yaml").exists()


def test_a_project_of_one_s_own_is_not_joined_by_an_example(workspace: Demo) -> None:
    workspace.write("2024/projects/07-mine.yaml", "mine")
    done = run(workspace.workspace.root, "demo", *told(2024, "shanxi-budget-2024"))
    assert (done.exit_code, "projects/07-mine.yaml，与要写的不同" in done.stderr) == (2, True)


def test_a_new_workspace_tells_git_what_to_leave_out(tmp_path: Path) -> None:
    assert run(tmp_path, *NEW, *told(2025, "shanxi-budget-2025")).exit_code == 0
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    for name in ("build/zwfw/2025-budget.pdf", "departments/zwfw/2025/.discgen-12345678.tmp"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    told_by_git = subprocess.run(
        ["git", "status", "--short", "-uall"], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    assert "?? .gitignore" in told_by_git
    assert "build/" not in told_by_git
    assert ".tmp" not in told_by_git


def test_a_workspace_that_is_there_keeps_its_own_word_on_that(workspace: Demo) -> None:
    assert run(workspace.workspace.root, "demo", *told(2024, "shanxi-budget-2024")).exit_code == 0
    assert not (workspace.workspace.root / ".gitignore").exists()


def asked_form(root: Path, region: str, year: str, *more: str, answer: str = "") -> Result:
    about = [*ABOUT[:6], "--region", region, *ABOUT[8:12]]
    return run(root, "demo", *about, "--year", year, "--kind", "budget", *more, answers=[answer])


@pytest.mark.parametrize(
    ("region", "year", "form"),
    [
        ("吕梁市", "2025", "shanxi-budget-2025"),
        ("山西省", "2024", "shanxi-budget-2024"),
        ("吕梁市", "2030", "shanxi-budget-2025"),
        ("吕梁市", "2020", "shanxi-budget-2022"),
        ("上海市浦东新区", "2025", "shanghai-budget-2025"),
    ],
)
def test_the_form_of_the_region_and_year_is_proposed_and_taken_by_one_key(
    region: str, year: str, form: str, tmp_path: Path
) -> None:
    done = asked_form(tmp_path, region, year)
    assert done.exit_code == 0, done.output
    assert f"[{form_title(form)}]" in done.output
    assert f"form: {form}\n" in (tmp_path / f"departments/demo/{year}/budget.yaml").read_text(encoding="utf-8")


def test_where_the_region_tells_nothing_the_form_of_the_other_departments_is_proposed(workspace: Demo) -> None:
    workspace.edit("department.yaml", "name: 示范市,", "name: 云溪县,")
    done = run(workspace.workspace.root, "demo", "--year", "2024", "--kind", "budget", answers=[""])
    assert "[山西省部门预算公开表式（2024年）]" in done.output


def test_where_nothing_tells_the_form_is_asked_for_by_its_chinese_name(tmp_path: Path) -> None:
    done = asked_form(tmp_path, "云溪县", "2025", answer="上海")
    assert done.exit_code == 0, done.output
    assert "  1　上海市区级部门预算公开表式（2025年）\n" in done.output
    assert "form: shanghai-budget-2025\n" in (tmp_path / "departments/demo/2025/budget.yaml").read_text("utf-8")


@pytest.mark.parametrize(("year", "form"), [("2023", "shanxi-budget-2023"), ("2027", "shanxi-budget-2025")])
def test_where_nothing_tells_the_form_the_name_of_the_province_is_enough(year: str, form: str, tmp_path: Path) -> None:
    done = asked_form(tmp_path, "云溪县", year, answer="山西")
    assert done.exit_code == 0, done.output
    assert f"form: {form}\n" in (tmp_path / f"departments/demo/{year}/budget.yaml").read_text("utf-8")


def test_a_word_that_forms_of_several_places_share_is_asked_again(tmp_path: Path) -> None:
    done = run(tmp_path, "demo", answers=[*ANSWERS[:-1], "预算", "上海"])
    assert done.exit_code == 0, done.output
    assert "不止一个“预算”" in done.output


@pytest.mark.parametrize("back", ["<", "＜", "上一步"])
def test_an_answer_may_be_taken_back(back: str, tmp_path: Path) -> None:
    name, *rest = ANSWERS
    done = run(tmp_path, answers=["demo", "示范市档按局", back, name, *rest])
    assert done.exit_code == 0, done.output
    assert "写<回到上一个问题" in done.output
    text = (tmp_path / "departments/demo/department.yaml").read_text(encoding="utf-8")
    assert "示范市档案局" in text
    assert "档按" not in text


def test_units_may_be_taken_back_one_answer_after_another(tmp_path: Path) -> None:
    units = ["", "", "示范市档案官", "", "<", "<", "示范市档案馆", "事业", ""]
    done = run(tmp_path, "demo", answers=[*ABOUT_DEPARTMENT, *units, *ANSWERS[-3:]])
    assert done.exit_code == 0, done.output
    text = (tmp_path / "departments/demo/department.yaml").read_text(encoding="utf-8")
    assert "  - id: unit2\n    name: 示范市档案馆\n    kind: institution\n" in text
    assert "unit3" not in text


def test_before_the_first_question_there_is_none(tmp_path: Path) -> None:
    done = run(tmp_path, answers=["<", "demo", *ANSWERS])
    assert done.exit_code == 0, done.output
    assert "这是第一个问题" in done.output


@pytest.mark.parametrize("form", form_names())
def test_nothing_is_offered_that_the_form_does_not_print(form: str, tmp_path: Path) -> None:
    year = int(form.rpartition("-")[2])
    run(tmp_path, "demo", *ABOUT, *told(year, form))
    written = {
        ".".join(path)
        for file in (tmp_path / "departments/demo" / str(year)).rglob("*.yaml")
        for path in keys_of(re.sub(r"(?m)^( *)# (?=  |[a-z_]+:)", r"\1", file.read_text(encoding="utf-8")))
    }
    assert written.isdisjoint(unprinted_keys(load_form(form)))


def test_what_shanghai_prints_is_offered(tmp_path: Path) -> None:
    run(tmp_path, "demo", *ABOUT, *told(2025, "shanghai-budget-2025"))
    text = (tmp_path / "departments/demo/2025/budget.yaml").read_text(encoding="utf-8")
    assert [
        key for key in ("as_of", "owned_by_use", "equipment", "purchases", "reserved") if f"{key}:" not in text
    ] == []
    assert "office_area" not in text
    assert "offices" not in (tmp_path / "departments/demo/2025/narrative.yaml").read_text(encoding="utf-8")
