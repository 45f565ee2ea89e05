"""A bug of ours, planted where one department's files lead, stays with that department in every command."""

from __future__ import annotations

import json
import logging
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from discgen.cli import cli
from discgen.diagnostics import Diagnostic, Place
from discgen.document import Document
from discgen.errors import contained
from discgen.load.workspace import Workspace
from discgen.publish.layout import Pdf
from discgen.rules import registry
from discgen.rules.case import Case
from discgen.rules.registry import Check
from discgen.validate.schema import validate
from discgen.validate.shipped import ShippedDataError
from discgen.yamltext.tree import Tree
from tests.conftest import Demo

PLACE = "departments/demo/2023/budget.yaml"
TOLD = re.compile(
    rf"{PLACE}:1:1 错误 X001 discgen自己出错了，这一份没有做完（错误编号([0-9A-F]{{6}})：KeyError，rules/registry\.py:\d+）"
)


@pytest.fixture
def two(workspace: Demo) -> Demo:
    """Two departments; in the second a check finds R001."""
    other = workspace.workspace.departments / "other"
    shutil.copytree(workspace.folder, other)
    for name, old, new in (
        ("department.yaml", "档案", "方志"),
        ("2023/budget.yaml", "amount: 100}", "amount: 101}"),
    ):
        text = (other / name).read_text(encoding="utf-8")
        (other / name).write_text(text.replace(old, new), encoding="utf-8")
    return workspace


@pytest.fixture
def bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that goes off in one department."""

    def go_off(case: Case) -> Iterator[Diagnostic]:
        if case.disclosure.target.department == "demo":
            raise KeyError("\n::error::forged")
        yield from ()

    checks = (Check(("R001",), go_off), *registry.all_checks())
    monkeypatch.setattr(registry, "all_checks", lambda: checks)


def run(demo: Demo, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["-C", str(demo.workspace.root), *arguments], prog_name="discgen")


@pytest.mark.usefixtures("bomb")
def test_a_check_goes_on_and_ends_with_the_code_of_bugs(two: Demo, caplog: pytest.LogCaptureFixture) -> None:
    done = run(two, "check", "-j", "1")
    told = TOLD.search(done.stdout)
    assert done.exit_code == 3
    assert told
    assert "发给维护者" in done.stdout
    assert "departments/other/2023/budget.yaml:5:5 错误 R001" in done.stdout
    (record,) = caplog.records
    assert record.getMessage().startswith(f"错误编号{told[1]}：{PLACE}\nTraceback")
    assert "forged" not in done.output


@pytest.mark.usefixtures("bomb")
@pytest.mark.parametrize("format_name", ["json", "sarif", "github", "checklist"])
def test_every_format_carries_it(two: Demo, format_name: str) -> None:
    done = run(two, "check", "--format", format_name)
    assert done.exit_code == 3
    assert "X001" in done.stdout
    assert "R001" in done.stdout
    if format_name in ("json", "sarif"):
        json.loads(done.stdout)


@pytest.mark.usefixtures("bomb")
def test_the_others_are_built(two: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("discgen.publish.build.render", lambda *_, **__: Pdf(b"pdf", ()))
    done = run(two, "build", "--draft", "-j", "1")
    assert done.exit_code == 3
    assert TOLD.search(done.stderr)
    assert [path.parent.name for path in two.workspace.root.glob("build/*/*.pdf")] == ["other"]


def test_a_bug_in_layout_is_of_its_document_too(two: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall_over(document: Document, **_: object) -> Pdf:
        if document.disclosure.target.department == "demo":
            raise RecursionError
        return Pdf(b"pdf", ())

    monkeypatch.setattr("discgen.publish.build.render", fall_over)
    done = run(two, "build", "--draft", "-j", "1")
    assert done.exit_code == 3
    assert f"{PLACE}:1:1 错误 X001" in done.stderr
    assert [path.parent.name for path in two.workspace.root.glob("build/*/*.pdf")] == ["other"]


def test_a_file_that_cannot_be_written_leaves_the_others(two: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("discgen.publish.build.render", lambda *_, **__: Pdf(b"%PDF-", ()))
    build = two.workspace.root / "build"
    build.mkdir()
    (build / "demo").write_text("in the way", encoding="utf-8")
    done = run(two, "build", "--draft", "-j", "1")
    assert done.exit_code == 2
    assert re.search(r"错误：.*build/demo/2023-budget-draft\.pdf 写不进去", done.stderr)
    assert [path.parent.name for path in build.glob("*/*.pdf")] == ["other"]


@pytest.mark.usefixtures("bomb")
@pytest.mark.parametrize("format_name", ["text", "json", "markdown", "html"])
def test_a_comparison_goes_on(two: Demo, tmp_path: Path, format_name: str) -> None:
    root = two.workspace.root
    after = tmp_path / "after"
    shutil.copytree(root / "departments", after / "departments")
    for department in ("demo", "other"):
        path = after / "departments" / department / "2023" / "budget.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("goods: 4", "goods: 5"), encoding="utf-8")
    done = run(two, "diff", "--format", format_name, str(root), str(after))
    assert done.exit_code == 3
    assert "错误编号" in done.stdout
    assert "other/2023" in done.stdout
    assert ('"after": "50000"' if format_name == "json" else "5.00") in done.stdout


@pytest.mark.usefixtures("bomb")
@pytest.mark.parametrize(
    "arguments", [("export", "demo/2023", "--format", "json"), ("explain", "demo/2023", "income.total")]
)
def test_what_is_asked_of_one_document_says_the_same(two: Demo, arguments: tuple[str, ...]) -> None:
    done = run(two, *arguments)
    assert done.exit_code == 3
    assert TOLD.search(done.stderr)


def test_a_file_that_cannot_be_put_in_order_leaves_the_others(two: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall_over(text: str, file: str) -> str:
        if file == PLACE:
            raise KeyError(file)
        return text

    monkeypatch.setattr("discgen.fmt.files.canonical", fall_over)
    done = run(two, "fmt", "--check")
    assert done.exit_code == 3
    assert f"{PLACE}:1:1 错误 X001" in done.stderr
    assert "共10个文件，要改0个，1个没有动" in done.stderr


def test_a_fix_that_falls_over_leaves_the_others(two: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    from discgen.check import fixing

    fixed = fixing._fixed  # noqa: SLF001 - where the bomb is planted

    def fall_over(text: str, file: str, findings: list[Diagnostic]) -> tuple[str, int]:
        if file == PLACE:
            raise KeyError(file)
        return fixed(text, file, findings)

    monkeypatch.setattr(fixing, "_fixed", fall_over)
    for department in ("demo", "other"):
        path = two.workspace.departments / department / "2023" / "budget.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("function: 2010350", "function: 2010350 事业单位"), encoding="utf-8")
    done = run(two, "check", "--fix")
    assert done.exit_code == 3
    assert "自动改了1处" in done.stderr
    assert f"{PLACE}:1:1 错误 X001" in done.stdout


def test_another_departments_file_that_brings_out_a_bug_is_left_out(two: Demo, monkeypatch: pytest.MonkeyPatch) -> None:

    def fall_over(tree: Tree, schema: str) -> list[Diagnostic]:
        if tree.file == "departments/other/department.yaml":
            raise ValueError(tree.file)
        return validate(tree, schema)

    monkeypatch.setattr("discgen.gather.reader.validate", fall_over)
    assert two.found() == []
    assert "departments/other/2023/budget.yaml:1:1 错误 X001" in run(two, "check").stdout


def test_a_bug_in_what_a_department_is_called_is_its_own_to_tell(two: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall_over(tree: Tree, schema: str) -> list[Diagnostic]:
        if tree.file == "departments/other/department.yaml":
            raise ValueError(tree.file)
        return validate(tree, schema)

    monkeypatch.setattr("discgen.gather.departments.validate", fall_over)
    assert two.found() == []
    assert "departments/other/department.yaml:1:1 错误 X001" in run(two, "check").stdout


def test_what_was_found_before_a_bug_is_told(workspace: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace.write("2023/naratives.yaml", "")
    before = workspace.found()
    monkeypatch.setattr("discgen.gather.basis.load_form", lambda _: 1 / 0)
    assert before
    assert set(before) < set(workspace.found())


def test_the_same_bug_has_the_same_number_wherever_it_shows(caplog: pytest.LogCaptureFixture) -> None:
    told = [contained(lambda: Workspace(Path("/none")).read(Path("/")), Place(file), str) for file in ("a", "b")]
    numbers = {re.search("错误编号(.{6})", str(one))[1] for one in told}  # type: ignore[index]
    assert len(numbers) == 1
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 2


def test_what_an_exception_quotes_of_the_data_is_no_command_to_a_ci_job(caplog: pytest.LogCaptureFixture) -> None:
    def act() -> None:
        raise ValueError("x\n::error::forged\n  ##[group]y\x1b[31m")

    contained(act, Place("x"), str)
    lines = caplog.records[0].getMessage().splitlines()
    assert [line for line in lines if line.lstrip().startswith("::") or "##[" in line or "\x1b" in line] == []
    assert "[U+003A]:error::forged" in lines


def test_what_somebody_answers_for_goes_on_up() -> None:
    def act() -> None:
        raise ShippedDataError("form.yaml")

    with pytest.raises(ShippedDataError):
        contained(act, Place("x"), str, passing=(ShippedDataError,))


CLASS_REPLACED = ("2010350", "2000350")
"""No 类 of this year begins with 200."""


def test_accounts_take_nothing_from_a_budget_that_is_not_in_order(accounts: Demo) -> None:
    accounts.edit("2023/budget.yaml", *CLASS_REPLACED)
    (code,) = accounts.found()
    assert code == "2023/budget.yaml:8:16 C001"
    assert accounts.compose().document is None


def test_this_year_takes_nothing_from_a_last_year_that_is_not_in_order(workspace: Demo) -> None:
    shutil.copytree(workspace.folder / "2023", workspace.folder / "2024")
    workspace.edit("2024/budget.yaml", "year: 2023", "year: 2024")
    workspace.edit("2024/budget.yaml", "form: shanxi-budget-2023", "form: shanxi-budget-2024")
    workspace.edit("2023/budget.yaml", *CLASS_REPLACED)
    workspace.target = type(workspace.target)("demo", 2024, "budget")
    assert "2023/budget.yaml:8:16 C001" in workspace.found()
    assert workspace.compose().document is None


def test_a_department_that_joined_and_is_not_in_order_is_told_as_it_is_and_not_as_missing(two: Demo) -> None:
    other = two.workspace.departments / "other"
    for folder in (two.folder, other):
        shutil.copytree(folder / "2023", folder / "2024")
        text = (folder / "2024" / "budget.yaml").read_text(encoding="utf-8")
        text = text.replace("2023", "2024").partition("prior:")[0]
        (folder / "2024" / "budget.yaml").write_text(text, encoding="utf-8")
    two.edit("2024/budget.yaml", "unit: 万元\n", "unit: 万元\nmerged_from: [other]\n")
    last = other / "2023" / "budget.yaml"
    last.write_text(last.read_text(encoding="utf-8").replace(*CLASS_REPLACED), encoding="utf-8")
    two.target = type(two.target)("demo", 2024, "budget")
    assert [one for one in two.found("C001", "M010") if "other" in one or "M010" in one] == [
        "departments/other/2023/budget.yaml:8:16 C001"
    ]
