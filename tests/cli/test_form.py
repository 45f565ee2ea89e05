"""`discgen form`: a form is begun, its parent's files are copied, and it is tried, for which no workspace is needed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from discgen.cli import cli
from discgen.cli.group import EXIT_FINDINGS
from discgen.errors import Refusal
from discgen.reference.folders import data_folder
from tests.forms import PARENT, Forms


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is no workspace."""
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["form", *words])


@pytest.mark.usefixtures("elsewhere")
def test_a_form_is_checked_by_itself_and_named_as_people_call_it() -> None:
    done = run("check", "shanxi-budget-2024")
    assert (done.exit_code, done.output) == (0, "试编了山西省部门预算公开表式（2024年）\n没有发现问题\n")


@pytest.mark.usefixtures("elsewhere")
def test_what_a_list_of_tables_replaces_is_said(forms: Forms) -> None:
    of_parent = forms.load(PARENT).tables
    forms.child("tables: [income, made]\ntable_titles: {}\n")
    forms.write("child/tables/made.yaml", forms.read(f"{PARENT}/tables/expenditure.yaml"))
    less = "、".join(table.id for table in of_parent if table.id != "income")
    assert run("check", "child").output.splitlines()[:2] == [
        "试编了子",
        f"报表与{PARENT}比，少了{less}；多了made",
    ]


@pytest.mark.usefixtures("elsewhere")
def test_a_form_may_be_named_as_people_call_it() -> None:
    title = "上海市区级部门预算公开表式（2025年）"
    assert run("check", title).output == run("check", "shanghai-budget-2025").output
    assert f"试编了{title}" in run("check", title).output


@pytest.mark.usefixtures("elsewhere")
def test_a_form_that_there_is_not_is_refused() -> None:
    done = run("check", "hebei")
    assert done.exit_code == Refusal.exit_code
    assert "没有表式“hebei”，可用的有：national-accounts-2024（财政部部门决算公开表式（2024年））、" in done.output


@pytest.mark.usefixtures("elsewhere")
def test_what_is_found_is_told_with_its_line(forms: Forms) -> None:
    forms.child("tables: [incme]")
    done = run("check", "child")
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
    told = {name: run("check", "child", "--format", name).output for name in ("json", "sarif", "github", "checklist")}
    (finding,) = json.loads(told["json"])["findings"]
    assert (finding["code"], finding["file"], finding["line"]) == ("M016", "templates/forms/child/form.yaml", 3)
    (result,) = json.loads(told["sarif"])["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == finding["file"]
    assert told["github"].startswith("::error file=templates/forms/child/form.yaml,line=3,col=10,title=M016::")
    assert told["checklist"].splitlines()[:2] == [
        "表式检查表　子",
        "  1  templates/forms/child/form.yaml  有问题    M016",
    ]


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace without departments."""
    (tmp_path / "there/departments").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "there")
    return tmp_path / "there"


def test_a_new_form_is_its_parent_and_shows_all_that_may_be_changed(there: Path) -> None:
    done = run("new", "putuo-budget-2026", "--from", PARENT, "--title", "普陀区部门预算公开表式")
    assert done.exit_code == 0, done.output
    text = (there / "forms/putuo-budget-2026/form.yaml").read_text("utf-8")
    written = yaml.safe_load(re.sub(r"(?m)^# (?=[ \w].*:|  )(?!yaml|——)", "", text))
    parent = yaml.safe_load((data_folder("templates") / f"forms/{PARENT}/form.yaml").read_text("utf-8"))
    assert written == parent | {"title": "普陀区部门预算公开表式", "parent": PARENT}
    assert run("check", "--no-pdf", "putuo-budget-2026").output == "试编了普陀区部门预算公开表式\n没有发现问题\n"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("putuo", "已经有表式“putuo”"),
        (PARENT, f"已经有表式“{PARENT}”"),
        ("../putuo", "只用小写字母"),
        ("普陀", "只用小写字母"),
    ],
)
def test_a_new_form_is_refused_where_there_is_one_or_may_be_none(there: Path, name: str, said: str) -> None:
    (there / "forms/putuo").mkdir(parents=True)
    done = run("new", name, "--from", PARENT)
    assert (done.exit_code, said in done.output) == (Refusal.exit_code, True)
    assert list((there / "forms/putuo").iterdir()) == []


def test_a_new_form_is_not_written_through_a_link_out_of_the_workspace(there: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (there / "forms").symlink_to(tmp_path / "outside")
    assert run("new", "putuo", "--from", PARENT).exit_code == Refusal.exit_code
    assert list((tmp_path / "outside").iterdir()) == []


def test_files_of_the_parent_are_listed_and_copied(there: Path) -> None:
    run("new", "putuo", "--from", "shanxi-budget-2024")
    assert "tables/income.yaml  {year}年预算收入总表" in run("copy", "putuo").output.splitlines()
    done = run("copy", "putuo", "tables/income.yaml", "narrative/situation/income.md.j2")
    assert done.output == "写了forms/putuo/tables/income.yaml\n写了forms/putuo/narrative/situation/income.md.j2\n"
    shipped = data_folder("templates") / f"forms/{PARENT}/tables/income.yaml"
    assert (there / "forms/putuo/tables/income.yaml").read_bytes() == shipped.read_bytes()
    assert "tables/income.yaml" not in run("copy", "putuo").output
    for file in ("tables/income.yaml", "tables/incme.yaml", "../../departments/x.yaml", "form.yaml"):
        assert run("copy", "putuo", file).exit_code == Refusal.exit_code
    assert run("copy", "shanxi-budget-2024", "tables/income.yaml").exit_code == Refusal.exit_code


def test_what_is_wrong_in_a_workspaces_form_is_told_in_its_file(there: Path) -> None:
    run("new", "putuo", "--from", PARENT)
    (there / "forms/putuo/narrative/situation").mkdir(parents=True)
    (there / "forms/putuo/narrative/situation/income.md.j2").write_text(
        "收入{% if year < 2000 %}{{ incme }}{% endif %}。\n"
    )
    done = run("check", "putuo")
    assert done.exit_code == EXIT_FINDINGS
    assert "forms/putuo/narrative/situation/income.md.j2:1:26 错误 M020 没有“incme”这个名称" in done.output
    assert not (there / "build").exists()


@pytest.mark.slow
def test_a_form_in_order_has_a_sample(there: Path) -> None:
    run("new", "putuo", "--from", "shanghai-budget-2025")
    assert "样本 → build/forms/putuo.pdf" in run("check", "putuo").output
    assert (there / "build/forms/putuo.pdf").read_bytes().startswith(b"%PDF-")
