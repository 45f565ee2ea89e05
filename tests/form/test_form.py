"""What a form says, what it takes from its parent, and what is told of a form that is wrong."""

from __future__ import annotations

import pytest

from discgen.form.files import form_names
from discgen.form.form import load_form
from discgen.form.table_spec import BlockSpec
from discgen.validate.shipped import ShippedDataError
from tests.conftest import Demo
from tests.forms import PARENT, Forms


def test_an_unknown_form_is_refused_with_those_there_are() -> None:
    with pytest.raises(ShippedDataError, match=f"^没有表式“hebei”；现有：{'、'.join(form_names())}$"):
        load_form("hebei")


def test_an_unknown_form_is_a_finding_where_it_is_named(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", PARENT, "hebei")
    assert workspace.found() == ["2023/budget.yaml:1:7 M007"]


def test_a_form_that_is_wrong_is_a_finding_in_the_form_not_where_it_is_named(workspace: Demo, forms: Forms) -> None:
    forms.edit(f"{PARENT}/tables/expenditure.yaml", "parts: [basic, project]", "parts: [basic, projects]")
    at = forms.at(f"{PARENT}/tables/expenditure.yaml", "projects")
    assert workspace.found() == [f"templates/forms/{at} M014"]


def test_a_child_takes_from_its_parent_what_it_does_not_say(forms: Forms) -> None:
    forms.child(
        "document_title: 子标题\nphrases:\n  change: {increase: 多, decrease: 少, unchanged: 同, no_base: 新}\n"
    )
    child, parent = load_form("child"), load_form(PARENT)
    assert (child.title, child.document_title) == ("子", "子标题")
    assert child.phrases["change"]["increase"] == "多"
    assert child.phrases["item"] == parent.phrases["item"]
    assert (child.tables, child.numbers, child.goal_sheet) == (parent.tables, parent.numbers, parent.goal_sheet)
    assert [layer.name for layer in child.layers] == ["child", PARENT]


def test_a_child_may_replace_one_table(forms: Forms) -> None:
    forms.child()
    forms.write(
        "child/tables/income.yaml",
        "title: 新表\nblocks:\n  - source: income\n    columns: [{key: total, label: 金额}]\n    rows: [{id: total}]\n",
    )
    titles = [table.title for table in load_form("child").tables]
    assert titles[1] == "新表"
    assert titles[0] == load_form(PARENT).tables[0].title


def test_a_title_of_a_table_that_a_child_leaves_out_does_no_harm(forms: Forms) -> None:
    forms.child("table_titles: {expenditure: 支出}\ntables: [income]\n")
    assert [table.id for table in load_form("child").tables] == ["income"]


def test_what_a_parent_wrote_is_told_at_the_parents_place(forms: Forms) -> None:
    forms.child("notes: {tail: 尾差}")
    forms.edit(f"{PARENT}/form.yaml", "  income: income.total", "  income: income.totl")
    assert forms.wrong() == [
        f"{forms.at(f'{PARENT}/form.yaml', 'income.totl')} M016 没有叫“income.totl”的数（templates/facts.yaml的facts） → 是不是“income.total”？"
    ]


def test_a_form_cannot_be_its_own_ancestor(forms: Forms) -> None:
    forms.child(name="one", parent="two")
    forms.child(name="two", parent="one")
    assert forms.wrong("one") == ["two/form.yaml:2:9 M023 表式“one”不能是自己的上级 → 删去parent，或改成更早一年的表式"]


def test_all_that_is_wrong_in_all_files_is_told_at_once(forms: Forms) -> None:
    forms.child("tables: [income, expenditur]\nthreshold: viel\n")
    forms.write("child/glossary.yaml", "entries: []\n")
    assert [line.split()[:2] for line in forms.wrong()] == [
        ["child/form.yaml:4:12", "S005"],
        ["child/glossary.yaml:1:10", "S007"],
    ]


def missing_parts(block: BlockSpec) -> set[str]:
    """Names in `parts` and `under` that stand for no column or row."""
    columns = {leaf.key for leaf in block.flat_columns()}
    rows = {row.id for row in (*block.rows, *block.foot)}
    wanted_columns = {part for leaf in block.flat_columns() for part in leaf.parts}
    wanted_rows = {part for row in (*block.rows, *block.foot) for part in (*row.parts, *filter(None, [row.under]))}
    return (wanted_columns - columns) | (wanted_rows - rows)


@pytest.mark.parametrize("name", form_names())
def test_every_part_a_table_names_is_in_it(name: str) -> None:
    blocks = [block for table in load_form(name).tables for block in table.blocks]
    assert len(blocks) > 10
    assert [missing_parts(block) for block in blocks] == [set()] * len(blocks)


def test_next_year_s_form_has_the_units_of_its_line_and_another_place_s_child_has_not(forms: Forms) -> None:
    for name in ("shanxi-budget-2026", "sichuan-budget-2026"):
        forms.child(name=name, parent="shanxi-budget-2025")
    assert forms.load("shanxi-budget-2026").unit_form == "shanxi-unit-budget-2025"
    assert forms.load("sichuan-budget-2026").unit_form == ""


def test_the_form_of_units_is_one_for_units_of_the_kind(forms: Forms) -> None:
    forms.child("unit_form: shanxi-unit-accounts-2024\n")
    assert forms.wrong() == [
        "child/form.yaml:3:12 M033 “shanxi-unit-accounts-2024”不是单位的同种表式 → 换一个scope是unit、kind相同的表式"
    ]
