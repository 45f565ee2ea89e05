"""`discgen check --form`: no department and no workspace is needed, and every format tells what is found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from discgen.cli import cli
from discgen.cli.group import EXIT_FINDINGS
from discgen.errors import Refusal
from tests.conftest import Demo
from tests.forms import PARENT, Forms


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is no workspace."""
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["check", *words])


@pytest.mark.usefixtures("elsewhere")
def test_a_form_is_checked_by_itself_and_named_as_people_call_it() -> None:
    done = run("--form", "shanxi-budget-2024")
    assert (done.exit_code, done.output) == (0, "试编了山西省部门预算公开表式（2024年）\n没有发现问题\n")


@pytest.mark.usefixtures("elsewhere")
def test_what_a_list_of_tables_replaces_is_said(forms: Forms) -> None:
    of_parent = forms.load(PARENT).tables
    forms.child("tables: [income, made]\ntable_titles: {}\n")
    forms.write("child/tables/made.yaml", forms.read(f"{PARENT}/tables/expenditure.yaml"))
    less = "、".join(table.id for table in of_parent if table.id != "income")
    assert run("--form", "child").output.splitlines()[:2] == [
        "试编了子",
        f"报表与{PARENT}比，少了{less}；多了made",
    ]


@pytest.mark.usefixtures("elsewhere")
def test_a_form_may_be_named_as_people_call_it() -> None:
    title = "上海市区级部门预算公开表式（2025年）"
    assert run("--form", title).output == run("--form", "shanghai-budget-2025").output
    assert f"试编了{title}" in run("--form", title).output


@pytest.mark.usefixtures("elsewhere")
def test_a_form_that_there_is_not_is_refused() -> None:
    done = run("--form", "hebei")
    assert done.exit_code == Refusal.exit_code
    assert "没有表式“hebei”，可用的有：national-accounts-2024（财政部部门决算公开表式（2024年））、" in done.output


@pytest.mark.usefixtures("elsewhere")
def test_what_is_found_is_told_with_its_line(forms: Forms) -> None:
    forms.child("tables: [incme]")
    done = run("--form", "child")
    assert done.exit_code == EXIT_FINDINGS
    assert done.output.splitlines() == [
        "试编了子",
        "templates/forms/child/form.yaml:3:10 错误 M016 没有叫“incme”的报表（tables/下的文件）",
        "    3 | tables: [incme]",
        "      |          ^",
        "    → 是不是“income”？",
        "共1个错误",
    ]


@pytest.mark.usefixtures("elsewhere")
def test_every_format_tells_it(forms: Forms) -> None:
    forms.child("tables: [incme]")
    told = {name: run("--form", "child", "--format", name).output for name in ("json", "sarif", "github", "checklist")}
    (finding,) = json.loads(told["json"])["findings"]
    assert (finding["code"], finding["file"], finding["line"]) == ("M016", "templates/forms/child/form.yaml", 3)
    (result,) = json.loads(told["sarif"])["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == finding["file"]
    assert told["github"].startswith("::error file=templates/forms/child/form.yaml,line=3,col=10,title=M016::")
    assert told["checklist"].splitlines()[:2] == [
        "表式检查表　子",
        "  1  templates/forms/child/form.yaml  有问题    M016",
    ]


def test_departments_and_forms_are_checked_together(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
    done = run("-C", str(workspace.workspace.root), "demo", "--form", "shanxi-budget-2022", "--format", "checklist")
    assert done.exit_code == EXIT_FINDINGS
    assert "公开情况检查表　demo/2023" in done.output
    assert "表式检查表　山西省部门预算公开表式（2022年）\n  1  shanxi-budget-2022  通过" in done.output
