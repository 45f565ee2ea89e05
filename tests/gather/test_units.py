"""A department and its units from the same lines: what each document rests on, what is found, and that they add up."""

from __future__ import annotations

import re
import shutil
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from discgen.diagnostics import Diagnostic, has_errors
from discgen.document import Document, Result
from discgen.gather.reader import Reader
from discgen.load.target import Target
from discgen.pipeline import Said, check, compose
from tests.conftest import Demo, budgets
from tests.units import ACCOUNTS, AGENCY, AGENCY_WORDS, ARCHIVE, ARCHIVE_WORDS, BUDGET, FORM


def result(demo: Demo, target: Target) -> Result:
    return compose(demo.workspace, target)


def document(demo: Demo, target: Target) -> Document:
    made = result(demo, target)
    assert made.document is not None
    assert not has_errors(made.findings), made.findings
    return made.document


def found(demo: Demo, *codes: str) -> list[Diagnostic]:
    findings = check(demo.workspace, demo.workspace.targets())
    return [finding for finding in findings if not codes or finding.code in codes]


def test_a_department_with_units_and_its_units_are_in_order(units: Demo) -> None:
    assert found(units) == []
    assert units.workspace.targets() == [units.target, AGENCY, ARCHIVE]


def test_the_document_of_a_unit_is_in_its_own_words_and_in_the_form_of_units(units: Demo) -> None:
    text = "\n".join(getattr(block, "text", "") for block in document(units, ARCHIVE).text.blocks)
    assert "保管档案，提供查阅。" in text
    assert "收集和保管档案。" not in text
    assert "本单位职责" in text
    assert "本部门" not in text
    assert document(units, ARCHIVE).form.name == "shanxi-unit-budget-2025"


def test_a_unit_has_the_lines_projects_and_assets_that_are_its_own(units: Demo) -> None:
    facts = document(units, ARCHIVE).disclosure
    assert {line.unit for lines in facts.lines.values() for line in lines} == {"archive"}
    assert [project.id for project in facts.projects] == ["2-scan"]
    assert facts.assets is not None
    assert facts.assets.office_area == Decimal("72.5")
    assert facts.department.name == "示范市档案馆"


def test_the_assets_of_a_department_are_the_sum_of_its_units(units: Demo) -> None:
    assets = document(units, units.target).disclosure.assets
    assert assets is not None
    assert assets.office_area == Decimal("192.5")
    assert assets.authorised_vehicles is not None
    assert (assets.authorised_vehicles.administrative, assets.authorised_vehicles.institution) == (2, 1)


def test_last_year_of_a_unit_is_its_own(units: Demo) -> None:
    text = "\n".join(getattr(block, "text", "") for block in document(units, AGENCY).text.blocks)
    assert "收入总计86.00万元" in text
    assert "比上年增加16.00万元" in text


def test_last_year_s_files_give_a_unit_its_last_year(units: Demo) -> None:
    units.write("2022/budget.yaml", BUDGET.replace("year: 2023", "year: 2022").replace("86}", "76}"))
    units.write("2022/narrative.yaml", ARCHIVE_WORDS)
    units.edit("2023/budget.yaml", BUDGET[BUDGET.index("prior:") :], "")
    assert "比上年增加10.00万元" in "\n".join(
        getattr(block, "text", "")
        for block in result(units, AGENCY).document.text.blocks  # type: ignore[union-attr]
    )


def test_last_year_without_units_is_unknown_and_said_once(units: Demo) -> None:
    last_year = re.sub(r"unit: \w+, ", "", BUDGET[: BUDGET.index("procurement")]).replace("year: 2023", "year: 2022")
    units.write("2022/budget.yaml", last_year)
    units.write("2022/narrative.yaml", ARCHIVE_WORDS)
    units.edit("2023/budget.yaml", BUDGET[BUDGET.index("prior:") :], "")
    made = result(units, ARCHIVE)
    assert made.document is not None
    assert "比上年" not in "".join(getattr(block, "text", "") for block in made.document.text.blocks)
    assert len(found(units, "M034")) == 1


def test_a_row_without_unit_is_found_where_it_is_written(units: Demo) -> None:
    units.edit("2023/budget.yaml", "{fund: general, unit: archive, amount: 14}", "{fund: general, amount: 14}")
    assert [str(one.place) for one in found(units, "M031")] == ["departments/demo/2023/budget.yaml:6:5"]
    assert [one.code for one in result(units, AGENCY).findings if has_errors([one])] == ["M031"]


def test_expenditure_without_unit_is_found_once_and_makes_no_document_of_a_unit(units: Demo) -> None:
    units.edit("2023/budget.yaml", "unit: archive, basic: 5, project: 9", "basic: 5, project: 9")
    assert [one.code for one in found(units) if has_errors([one])] == ["M031"]
    assert result(units, ARCHIVE).document is None


def test_what_is_stated_of_the_whole_is_asked_for_by_unit(units: Demo) -> None:
    rows = BUDGET[BUDGET.index("procurement:") : BUDGET.index("assets:")]
    units.edit("2023/budget.yaml", rows, "procurement: {goods: 4, works: 0, services: 9}\n")
    assert [(one.place.line, one.message) for one in found(units, "M031")] == [
        (16, "procurement没有分单位写，单位的文件里会没有")
    ]


def test_a_department_without_units_folder_needs_no_unit_on_its_rows(workspace: Demo) -> None:
    assert found(workspace) == []


def test_what_the_department_s_document_says_its_units_do_not_repeat(units: Demo) -> None:
    units.edit("2023/projects/2-scan.yaml", "≥95%", "≤95%")
    said = Said()
    whole, unit = (compose(units.workspace, target, None, said) for target in (units.target, ARCHIVE))
    of_project = [one for one in whole.findings if one.place.file.endswith("2-scan.yaml")]
    assert of_project
    assert [one for one in unit.findings if one in of_project and not has_errors([one])] == []


def test_what_only_a_unit_has_wrong_names_the_unit(units: Demo) -> None:
    units.edit("2023/budget.yaml", "unit: agency, amount: 86}", "unit: agency, amount: 87}")
    units.edit(
        "2023/budget.yaml",
        "  - {fund: general, unit: archive, amount: 14}",
        "  - {fund: general, unit: archive, amount: 13}",
    )
    assert not has_errors(result(units, units.target).findings)
    messages = [one.message for one in result(units, AGENCY).findings if one.code == "R001"]
    assert messages
    assert all(message.startswith("市档案局：") for message in messages)


def test_a_unit_says_its_own_reasons(units: Demo) -> None:
    units.edit("2023/units/agency/narrative.yaml", "  income: 新增库房项目\n", "")
    findings = [one for one in result(units, AGENCY).findings if has_errors([one])]
    assert findings
    assert {one.place.file for one in findings} == {"departments/demo/2023/units/agency/narrative.yaml"}


def test_a_folder_that_is_no_unit_is_found(units: Demo) -> None:
    units.write("2023/units/archives/narrative.yaml", ARCHIVE_WORDS)
    (finding,) = found(units, "M030")
    assert finding.place.file == "departments/demo/2023/units/archives/narrative.yaml"
    assert "archive" in finding.hint


def test_a_unit_with_money_and_no_document_is_found(units: Demo) -> None:
    shutil.rmtree(units.folder / "2023/units/archive")
    assert [one.message for one in found(units, "M032")] == [
        "示范市档案馆有收支，没有自己的文件：没有units/archive/narrative.yaml"
    ]


def test_a_waiver_of_a_unit_is_for_its_document_alone(units: Demo) -> None:
    units.write(
        "2023/units/archive/waivers.yaml",
        "waivers:\n  - {code: R001, at: budget.yaml, reason: 单位的收支由部门统筹, until: 2023}\n",
    )
    assert [one.code for one in result(units, ARCHIVE).findings] == ["W001"]
    assert result(units, units.target).findings == ()


def test_a_unit_kept_in_a_folder_of_its_own_is_held_against_the_department(units: Demo) -> None:
    """The archive has its files below departments/; the department's own say 1万元 less of it."""
    department = (units.folder / "department.yaml").read_text()
    units.write("department.yaml", department.replace("name: 示范市档案馆,", "name: 示范市档案馆, folder: archive,"))
    shutil.rmtree(units.folder / "2023/units/archive")
    own = {
        "department.yaml": re.sub(r"  - \{id: agency.*\n", "", department).replace("市档案局", "市档案馆"),
        "2023/budget.yaml": "form: shanxi-unit-budget-2025\nyear: 2023\nunit: 万元\nincome: [{amount: 15}]\n"
        "expenditure: [{function: 2010350, basic: 6, project: 9}]\n"
        "basic: [{department: 30201, government: 50502, amount: 6}]\n",
        "2023/narrative.yaml": ARCHIVE_WORDS,
        "2023/projects/2-scan.yaml": (units.folder / "2023/projects/2-scan.yaml").read_text(),
    }
    for name, text in own.items():
        units.write(f"../archive/{name}", text)
    messages = [(one.message, one.place.line) for one in check(units.workspace, [units.target]) if one.code == "R040"]
    assert messages == [
        ("收入：部门的文件是140,000元，市档案馆的文件是150,000元", 6),
        ("支出 2010350 事业运行（基本支出）：部门的文件是50,000元，市档案馆的文件是60,000元", 9),
        ("基本支出 30201 办公费 50502 商品和服务支出：部门的文件是50,000元，市档案馆的文件是60,000元", 14),
        ("政府采购（服务）：部门的文件是20,000元，市档案馆的文件没有", 18),
    ]


def test_the_form_of_a_unit_is_not_for_a_department_of_several(units: Demo) -> None:
    units.edit("2023/budget.yaml", "form: shanxi-budget-2025", "form: shanxi-unit-budget-2025")
    assert [one.message for one in found(units, "M033")] == [
        "表式“shanxi-unit-budget-2025”是编一个单位的，本部门有2个单位"
    ]


@st.composite
def budgets_by_unit(draw: st.DrawFn) -> tuple[str, list[tuple[str, str, str]]]:
    """A budget whose every row says one of two units, and its projects."""
    text, projects = draw(budgets())
    units = st.sampled_from(["agency", "archive"])
    rows = re.sub(
        r"\{([^{}]*)\}", lambda row: row[0] if "unit:" in row[1] else f"{{{row[1]}, unit: {draw(units)}}}", text
    )
    return rows.replace("form: shanxi-budget-2023", f"form: {FORM}"), projects


Address = tuple[str, int, str, str]


def amounts(made: Document | None) -> dict[Address, Decimal]:
    """The amounts of all tables, by table, place in the row, and the names of row and column."""
    assert made is not None
    return {
        (table.id, at, cell.row, cell.column): cell.answer.value
        for table in made.tables
        for row in table.rows
        for at, cell in enumerate(row.cells)
        if cell.answer is not None
    }


def test_accounts_of_a_department_are_the_sum_of_its_units_accounts(units: Demo) -> None:
    units.write("2023/accounts.yaml", ACCOUNTS)
    for folder in (".", "units/agency", "units/archive"):
        units.write(f"2023/{folder}/accounts-narrative.yaml", "overview:\n  duties:\n    - 保管档案。\n")
    targets = (replace(units.target, kind="accounts", unit=unit) for unit in ("", "agency", "archive"))
    whole, *parts = (compose(units.workspace, target).document for target in targets)
    sums, by_unit = amounts(whole), [amounts(part) for part in parts]
    assert len(sums) > 100
    assert {at: value for at, value in sums.items() if value != sum(unit.get(at, 0) for unit in by_unit)} == {}
    performance = whole.disclosure.performance if whole else None
    assert performance is not None
    assert (performance.projects, performance.average_score) == (4, Decimal(94))


def test_what_money_is_for_is_taken_from_the_department_where_a_unit_does_not_say(units: Demo) -> None:
    units.write("2023/accounts.yaml", ACCOUNTS.replace("national", "shanghai"))
    words = "overview:\n  duties:\n    - 保管档案。\npurposes:\n"
    units.write("2023/accounts-narrative.yaml", f"{words}  2010301: 机关运转\n  2010350: 档案馆运转\n  2080505: 参保\n")
    units.write("2023/units/agency/accounts-narrative.yaml", f"{words}  2010301: 本级运转\n")
    agency = compose(units.workspace, replace(AGENCY, kind="accounts"))
    assert agency.document
    text = "".join(getattr(block, "text", "") for block in agency.document.text.blocks)
    assert [said in text for said in ("本级运转", "参保", "机关运转", "档案馆运转")] == [True, True, False, False]
    assert [one for one in agency.findings if one.code in ("P009", "P010")] == []


@settings(max_examples=15)
@given(budgets_by_unit())
def test_every_cell_of_a_department_is_the_sum_over_its_units(
    drawn: tuple[str, list[tuple[str, str, str]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        demo = Demo(Path(folder))
        demo.replace_budget(*drawn)
        for unit, words in (("agency", AGENCY_WORDS), ("archive", ARCHIVE_WORDS)):
            demo.write(f"2023/units/{unit}/narrative.yaml", words)
        targets = (demo.target, *(replace(demo.target, unit=unit) for unit in ("agency", "archive")))
        reader, said = Reader(demo.workspace), Said()
        whole, *units = (amounts(compose(demo.workspace, target, reader, said).document) for target in targets)
    assert whole
    for address in whole.keys() | units[0].keys() | units[1].keys():
        assert whole.get(address, 0) == sum(unit.get(address, 0) for unit in units), address


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("  - {unit: archive, goods: 0, works: 0, services: 2}\n", "procurement里没有市档案馆，它的文件会说没有"),
        (
            "  - unit: archive\n    as_of: 2022-12-31\n    vehicles: {authorised: 1, owned: 0}\n    office_area: 72.5\n",
            "assets里没有市档案馆，它的文件会说没有",
        ),
    ],
)
def test_a_unit_of_which_nothing_is_said_is_found(units: Demo, row: str, message: str) -> None:
    units.edit("2023/budget.yaml", row, "")
    assert [one.message for one in found(units, "M031")] == [message]


@pytest.mark.parametrize("name", ["unit", "Units"])
def test_a_folder_of_units_by_another_name_is_found(units: Demo, name: str) -> None:
    (units.folder / "2023/units").rename(units.folder / "2023" / name)
    assert [one.message for one in found(units, "L018")] == [f"文件夹“{name}”里的文件没有读入"]


def test_a_unit_is_not_kept_in_the_folder_of_its_department(units: Demo) -> None:
    units.edit("department.yaml", "{id: archive, ", "{id: archive, folder: demo, ")
    assert [one.message for one in found(units, "M036")] == ["folder写的是部门自己的文件夹，没有核对这个单位的数"]
    assert found(units, "R040") == []
