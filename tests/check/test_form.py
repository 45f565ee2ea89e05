"""Every form that there is, and whichever is put beside them, tried on made-up departments."""

from __future__ import annotations

from pathlib import Path

import pytest

from discgen.check.form_trial import try_form
from discgen.check.made_up_departments import target_of, write_department
from discgen.form.files import form_names
from discgen.form.form import load_form
from discgen.gather.reader import read_facts
from discgen.ledger.ledger import Ledger
from discgen.load.workspace import Workspace
from discgen.model.line import ANY, DIMENSIONS_OF, STAGES, Line, Source
from tests.forms import PARENT, Forms

TABLE = "child/tables/made.yaml"
BLOCK = """\
title: 表
blocks:
  - source: {source}
    columns: {columns}
    rows:
{rows}
"""
LABELLED = "[{key: label, label: 项目, show: label}, {key: total, label: 金额}]"


def found(name: str = "child") -> list[str]:
    return [
        f"{one.place} {one.code} {one.message} → {one.hint}".removeprefix("templates/forms/")
        for one in try_form(name).findings
    ]


def table(forms: Forms, source: str, rows: str, columns: str = LABELLED, parent: str = PARENT) -> list[str]:
    """What is found of a child that prints one table."""
    forms.child("tables: [made]\ntable_titles: {}\n", parent=parent)
    forms.write(TABLE, BLOCK.format(source=source, columns=columns, rows=rows))
    return [line.removeprefix(f"{TABLE}:") for line in found()]


@pytest.mark.parametrize("name", form_names())
def test_a_form_that_ships_is_in_order(name: str) -> None:
    tried = try_form(name)
    assert (tried.findings, tried.title) == ((), load_form(name).title)


def made_up_lines(root: Path, name: str) -> list[tuple[Source, Line]]:
    form = load_form(name)
    write_department(root, form, full=True)
    facts, findings = read_facts(Workspace(root), target_of(form))
    assert facts is not None
    assert findings == []
    ledger = Ledger(facts.lines, facts.department, STAGES[form.kind])
    followed = [
        (source, line) for source in (Source.THREE_PUBLIC, Source.AGENCY_OPERATION) for line in ledger.lines(source)
    ]
    declared = [lines for lines in (facts.declared_prior, facts.declared_approved) if lines]
    written = [
        (source, line)
        for lines in (facts.lines, *(one.lines for one in declared))
        for source in lines
        for line in lines[source]
    ]
    return [*followed, *written]


def test_made_up_departments_know_all_that_sources_declare(tmp_path: Path) -> None:
    """What a source declares and no line ever knows would let a form ask in vain.

    Any row may name any fund; which are in these departments, their forms decide.
    """
    lines = [one for name in form_names() for one in made_up_lines(tmp_path / name, name)]
    known = {
        (source, dimension, getattr(line, dimension)) for source, line in lines for dimension in DIMENSIONS_OF[source]
    }
    never = [
        (str(source), dimension, value)
        for source, dimensions in DIMENSIONS_OF.items()
        for dimension, values in dimensions.items()
        for value in values
        if dimension != "fund" and (source, dimension, value) not in known
    ]
    codes = [
        (str(source), dimension)
        for source, dimensions in DIMENSIONS_OF.items()
        for dimension, values in dimensions.items()
        if (values == ANY or dimension == "fund")
        and all(value is None for of, name, value in known if (of, name) == (source, dimension))
    ]
    assert (never, codes) == ([], [])


def test_parts_that_miss_an_item_are_found_with_the_item(forms: Forms) -> None:
    rows = "\n".join(
        f"      - {{id: {item}, label: 项, where: {{item: {item}}}}}"
        for item in ("overseas_travel", "reception", "vehicle_purchase", "vehicle_operation")
    )
    rows += "\n      - {id: total, label: 合计, parts: [overseas_travel, reception, vehicle_operation]}"
    (said,) = table(forms, "three_public", rows)
    assert said.startswith("10:39 M015 “表”的total/total是")
    assert said.endswith("是不是少了“vehicle_purchase”？")


def test_money_without_a_row_or_a_column_is_found(forms: Forms) -> None:
    rows = (
        "      - {id: goods, label: 货物, where: {item: goods}}\n      - {id: works, label: 工程, where: {item: works}}"
    )
    (said,) = table(forms, "procurement", rows)
    assert said.startswith("3:13 M022 “表”要的钱有")
    assert "哪一格也没有，例如stage: approved、unit: agency、item: services → 补上它的行或列" in said


def test_money_that_cannot_be_told_apart_is_found(forms: Forms) -> None:
    (said,) = table(
        forms,
        "three_public",
        "      - {id: all, label: 全部}\n      - {id: one, label: 一, where: {component: operating}}",
    )
    assert said.startswith("7:9 M019 “表”的“一”“金额”一格印成空白：有")


def test_rows_that_cannot_be_made_of_all_lines_are_found(forms: Forms) -> None:
    said = table(forms, "income", "      - {id: all, label: 全部}\n      - {each: income_code}")
    assert said[0].startswith("7:9 M019 “表”的逐项的行印成空白：有")


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("{% if false %}{{ income.totl }}{% endif %}", "1:25 M020 没有“totl”这一项 → 是不是“total”？"),
        ("{% if false %}{{ incme.total }}{% endif %}", "1:18 M020 没有“incme”这个名称 → 是不是“income”？"),
        ("{% if false %}{{ wording.subjct }}{% endif %}", "1:26 M020 没有“subjct”这一项 → 是不是“subject”？"),
        ("字{% if false %}{{ income.total | amont }}{% endif %}", "1:34 M020 没有“amont”这种写法 → 是不是“amount”？"),
        (
            "{% if false %}{{ income.total | amount('short') }}{% endif %}",
            "1:41 M016 没有叫“short”的数字写法 → 有：table、text、goal_sheet",
        ),
        (
            "{% if false %}{{ income.total | versus_prior('chnge') }}{% endif %}",
            "1:47 M016 没有叫“chnge”的增减说法 → 是不是“change”？",
        ),
        (
            "{% if false %}\n!chart general.by_clas 图\n{% endif %}",
            "2:1 M016 没有叫“general.by_clas”的一组数 → 是不是“general.by_class”？",
        ),
        ("{% if false %}\n!tabels\n{% endif %}", "2:1 M020 没有“!tabels”这种图表 → 有：!chart、!goal-sheets、!tables、!glossary、!annexes、!evaluations"),
        ("{% if true %}", "1:1 M020 模板读到这里读不下去："),
        ("{{ income | amount }}", "1:1 M020 写法不能用在这里："),
        ("{% include 'nothing.md.j2' %}", "1:1 M020 表式“child”和它的上级里没有模板nothing.md.j2"),
    ],
)  # fmt: skip
def test_a_slip_in_a_template_is_found_in_a_branch_too_that_is_not_taken(forms: Forms, part: str, said: str) -> None:
    forms.child()
    forms.write("child/narrative/overview.md.j2", part)
    assert any(line.startswith(f"child/narrative/overview.md.j2:{said}") for line in found()), found()


def test_words_that_no_template_uses_are_found(forms: Forms) -> None:
    forms.child("wording: {sbject: 部门, whom: 部门}")
    assert found() == [
        "child/form.yaml:3:11 M018 wording.sbject没有一个模板用到 → 是不是“subject”？",
        "child/form.yaml:3:23 M018 wording.whom没有一个模板用到 → 删去它，或在模板里用它",
    ]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("narrative/situation/three_public.md.j2", "是不是“three-public.md.j2”？"),
        ("narrative/situation/cars.md.j2", "写进form.yaml的parts或sections，或由别的模板引用；不要的删去"),
        ("tables/incme.yaml", "是不是“income.yaml”？"),
        ("tables/cars.yaml", "报表写进form.yaml的tables，那里写了的代替上级的，要印的都要写上；不要的删去"),
        ("goal-sheet.yaml", "是不是“goal_sheet.yaml”？"),
        ("narrative/notes.txt", "删去它"),
    ],
)
def test_a_file_that_the_form_is_not_made_of_is_found(forms: Forms, name: str, hint: str) -> None:
    forms.child()
    forms.write(f"child/{name}", "字")
    assert found() == [f"child/{name}:1:1 M018 {name}这个文件没有用到 → {hint}"]


def test_files_of_a_name_there_is_and_templates_that_others_take_in_are_used(forms: Forms) -> None:
    forms.child()
    forms.write("child/narrative/situation/three-public.md.j2", "{% include 'situation/cars.md.j2' %}")
    forms.write("child/narrative/situation/cars.md.j2", "## 车\n{{ three_public.total | amount }}。")
    assert not [line for line in found() if "没有用到" in line]


def test_a_slip_that_is_found_in_two_ways_is_told_once_where_it_stands(forms: Forms) -> None:
    forms.child()
    part = "{% if income.total.value %}有{% else %}{{ income.totl }}{% endif %}"  # taken where there is no money
    forms.write("child/narrative/overview.md.j2", part)
    assert [line for line in found() if "totl" in line] == [
        "child/narrative/overview.md.j2:1:49 M020 没有“totl”这一项 → 是不是“total”？"
    ]


def test_a_reason_that_is_asked_for_and_not_printed_is_found(forms: Forms) -> None:
    forms.child("reasons: {reception: three_public.reception}")
    assert found() == [
        'child/form.yaml:3:22 M018 reasons要写reception的原因，文字里却不印 → 在模板里用reasons.get("reception")，或不要它'
    ]


def test_what_the_reader_finds_is_found(forms: Forms) -> None:
    forms.child("numbres: {}\n")
    assert found() == ["child/form.yaml:3:1 S001 不认识的键“numbres” → 是不是“numbers”？"]


def test_made_rows_without_a_name_are_told(forms: Forms) -> None:
    columns = "[{key: name, label: 单位, show: name}, {key: total, label: 金额}]"
    rows = "      - {id: total, label: 合计, kind: total}\n      - {each: unit, under: total}"
    told = table(forms, "three_public", rows, columns)
    assert [line for line in told if "印出来没有名称" in line] == [
        "3:13 M017 “表”有的行印出来没有名称，这样的行里show: name是空的 → 逐项的单位、项目，名称在show: label的列里"
    ]
