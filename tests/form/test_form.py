from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from discgen.form import form as module
from discgen.form.form import Form, FormError, form_names, load_form
from discgen.form.table_spec import BlockSpec
from discgen.ledger.facts import load_catalogue
from discgen.model.project import Attribute, FundLevel
from discgen.resources import data_folder
from tests.conftest import Demo

PARENT = "shanxi-budget-2023"


@pytest.fixture
def forms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of forms, in a copy that a test may add to."""
    copy = tmp_path / "templates"
    shutil.copytree(data_folder("templates"), copy)
    monkeypatch.setattr(module, "data_folder", lambda _: copy)
    return copy / "forms"


def load(name: str) -> Form:
    """The form, read anew."""
    return load_form.__wrapped__(name)


def add(forms: Path, name: str, text: str) -> None:
    (forms / name).mkdir()
    (forms / name / "form.yaml").write_text(text, encoding="utf-8")


def test_an_unknown_form_is_refused_with_those_there_are() -> None:
    with pytest.raises(FormError, match=f"^没有表式“hebei”；现有：{'、'.join(form_names())}$"):
        load_form("hebei")


def test_an_unknown_form_is_a_finding_where_it_is_named(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", PARENT, "hebei")
    assert workspace.found() == ["2023/budget.yaml:1:7 M007"]


def test_a_child_takes_from_its_parent_what_it_does_not_say(forms: Path) -> None:
    add(
        forms,
        "child",
        f"title: 子\nparent: {PARENT}\ndocument_title: 子标题\nphrases:\n  change: {{increase: 多, decrease: 少, unchanged: 同, no_base: 新}}\n",
    )
    child, parent = load("child"), load(PARENT)
    assert child.document_title == "子标题"
    assert child.phrases["change"]["increase"] == "多"
    assert child.phrases["item"] == parent.phrases["item"]
    assert (child.tables, child.numbers, child.goal_sheet) == (parent.tables, parent.numbers, parent.goal_sheet)
    assert [folder.name for folder in child.folders] == ["child", PARENT]


def test_a_child_may_replace_one_table(forms: Path) -> None:
    add(forms, "child", f"title: 子\nparent: {PARENT}\n")
    (forms / "child" / "tables").mkdir()
    table = "title: 新表\nblocks:\n  - source: income\n    columns: [{key: total, label: 金额}]\n    rows: [{id: total, label: 合计}]\n"
    (forms / "child" / "tables" / "income.yaml").write_text(table, encoding="utf-8")
    titles = [table.title for table in load("child").tables]
    assert titles[1] == "新表"
    assert titles[0] == load(PARENT).tables[0].title


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("document_title: '{yaer}年部门预算'", "花括号里只能是{year}、{region}、{level}"),
        ("wording: {subject: '{year年度'}", "花括号里只能是{year}、{prior_year}、{department}"),
        ("table_titles: {income: '{year}年{department}收入总表'}", "花括号里只能是{year}"),
        ("phrases: {change: {increase: '增加{sum}'}}", "花括号里只能是{amount}、{percent}"),
    ],
)
def test_a_placeholder_that_nothing_fills_is_told(forms: Path, words: str, said: str) -> None:
    add(forms, "child", f"title: 子\nparent: {PARENT}\n{words}\n")
    with pytest.raises(FormError, match=r"child/form\.yaml:3") as trouble:
        load("child")
    assert said in str(trouble.value)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("table_titles: {incomes: 收入总表}", "表式“child”和它的上级里都没有tables/incomes.yaml"),
        ("numbers: {short: {unit: 元}}", "表式“child”的numbers.short没有写places、thousands、zero"),
    ],
)
def test_a_child_that_names_what_there_is_not_is_told(forms: Path, words: str, said: str) -> None:
    add(forms, "child", f"title: 子\nparent: {PARENT}\n{words}\n")
    with pytest.raises(FormError, match=f"^{said}$"):
        load("child")


def test_a_title_of_a_table_that_a_child_leaves_out_does_no_harm(forms: Path) -> None:
    add(forms, "child", f"title: 子\nparent: {PARENT}\ntable_titles: {{expenditure: 支出}}\ntables: [income]\n")
    assert [table.id for table in load("child").tables] == ["income"]


def test_a_table_in_a_number_style_that_there_is_not_is_told(forms: Path) -> None:
    path = forms / PARENT / "tables" / "expenditure.yaml"
    path.write_text(f"numbers: short\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    with pytest.raises(FormError, match=r"^expenditure\.yaml的numbers写了short，表式“.*”只有table、text、goal_sheet$"):
        load(PARENT)


def test_a_form_cannot_be_its_own_ancestor(forms: Path) -> None:
    add(forms, "one", "title: 一\nparent: two\n")
    add(forms, "two", "title: 二\nparent: one\n")
    with pytest.raises(FormError, match="不能是自己的上级"):
        load("one")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("parts: [basic, project]", "parts: [basic, projects]", "no column is called projects"),
        ("{nature: project}", "{nature: projekt}", "nature cannot be projekt"),
        ("{nature: project}", "{natur: project}", "natur"),
        ("under: total", "under: totals", "no row is called totals"),
        ("key: project,", "key: basic,", "every column of a block wants a name of its own"),
    ],
)
def test_a_slip_in_a_table_is_told_with_its_file(forms: Path, old: str, new: str, said: str) -> None:
    path = forms / PARENT / "tables" / "expenditure.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(FormError, match=r"expenditure\.yaml") as trouble:
        load(PARENT)
    assert said in str(trouble.value)


def test_a_broken_form_says_where(forms: Path) -> None:
    add(forms, "broken", f"title: 坏\nparent: {PARENT}\nnumbres: {{}}\n")
    with pytest.raises(FormError, match=r"templates/forms/broken/form\.yaml:3:1 不认识的键“numbres” 是不是“numbers”？"):
        load("broken")


@pytest.mark.parametrize("name", form_names())
def test_every_change_a_form_asks_a_reason_for_is_a_fact(name: str) -> None:
    assert set(load_form(name).reasons.values()) <= set(load_catalogue().facts)


@pytest.mark.parametrize("name", form_names())
def test_every_value_a_goal_sheet_may_hold_has_its_words(name: str) -> None:
    words = load_form(name).goal_sheet
    if words is None:
        return
    assert set(words.attributes) == set(Attribute)
    assert set(words.fund_levels) == set(FundLevel)
    assert len(set(words.aspects)) == len(words.aspects) > 0


def missing_parts(block: BlockSpec) -> set[str]:
    """Names in `parts` and `under` that stand for no column or row."""
    columns = {leaf.key for leaf in block.leaves()}
    rows = {row.id for row in (*block.rows, *block.foot)}
    wanted_columns = {part for leaf in block.leaves() for part in leaf.parts}
    wanted_rows = {part for row in (*block.rows, *block.foot) for part in (*row.parts, *filter(None, [row.under]))}
    return (wanted_columns - columns) | (wanted_rows - rows)


@pytest.mark.parametrize("name", form_names())
def test_every_part_a_table_names_is_in_it(name: str) -> None:
    blocks = [block for table in load_form(name).tables for block in table.blocks]
    assert len(blocks) > 10
    assert [missing_parts(block) for block in blocks] == [set()] * len(blocks)
