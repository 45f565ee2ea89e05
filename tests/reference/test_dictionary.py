from __future__ import annotations

import csv
from pathlib import Path

import pytest

from discgen.reference import folders
from discgen.reference.codes import Classification, Dictionary, load_dictionary
from discgen.reference.folders import data_folder
from tests.conftest import Demo

NAMES = {"201": "甲", "20103": "甲三", "2010301": "甲三一", "2010306": "甲三六", "2010350": "甲三五零", "2080505": "乙"}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _seen() -> dict[tuple[int, Classification], dict[str, str]]:
    """Codes and names as published documents print them, by year and classification; misprints are left out."""
    seen: dict[tuple[int, Classification], dict[str, str]] = {}
    for row in _rows(Path(__file__).with_name("seen.csv")):
        seen.setdefault((int(row["year"]), Classification(row["classification"])), {})[row["code"]] = row["name"]
    return seen


SEEN = _seen()


@pytest.fixture
def small() -> Dictionary:
    return Dictionary(Classification.FUNCTION, NAMES)


def test_a_code_is_below_its_class_and_its_section() -> None:
    assert Classification.FUNCTION.ancestry("2010306") == ("201", "20103", "2010306")
    assert Classification.DEPARTMENT_ECONOMIC.ancestry("30101") == ("301", "30101")


def test_classes_are_the_codes_of_three_digits(small: Dictionary) -> None:
    assert small.classes() == ["201"]


def test_the_nearest_codes_share_the_longest_beginning_and_the_length(small: Dictionary) -> None:
    assert small.nearest("2010307") == ["2010306", "2010301", "2010350"]
    assert small.nearest("20104", count=1) == ["20103"]


def test_further_codes_are_added_in_order_and_replace_nothing(small: Dictionary) -> None:
    more = small.with_codes([("2010302", "新"), ("2010301", "改名")])
    assert more.name("2010302") == "新"
    assert more.name("2010301") == "甲三一"
    assert list(more.names) == sorted(more.names)
    assert "2010302" not in small


@pytest.mark.parametrize(
    ("year", "name"), [(2017, None), (2018, "旧名"), (2020, "旧名"), (2021, "新名"), (2030, "新名")]
)
def test_a_name_holds_from_its_first_year_to_its_last(
    year: int, name: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "codes").mkdir()
    rows = "code,name,first_year,last_year,source\n2010301,旧名,2018,2020,甲\n2010301,新名,2021,,乙\n"
    (tmp_path / "codes" / "function.csv").write_text(rows, encoding="utf-8")
    monkeypatch.setattr(folders, "data_folder", lambda _: tmp_path)
    folders.forget_shipped()
    read = load_dictionary(Classification.FUNCTION, year)
    folders.forget_shipped()
    assert read.names.get("2010301") == name


@pytest.mark.parametrize("year", range(2022, 2027))
@pytest.mark.parametrize("classification", Classification)
def test_every_shipped_code_has_a_name_and_stands_below_a_known_one(classification: Classification, year: int) -> None:
    shipped = load_dictionary(classification, year)
    assert len(shipped.names) > 10
    for code, name in shipped.names.items():
        assert name.strip() == name != ""
        assert all(above in shipped for above in classification.ancestry(code)), code


@pytest.mark.parametrize("classification", [Classification.DEPARTMENT_ECONOMIC, Classification.GOVERNMENT_ECONOMIC])
def test_every_class_of_2025_of_what_money_is_spent_on_has_items(classification: Classification) -> None:
    shipped = load_dictionary(classification, 2025)
    assert {code[:3] for code in shipped.names if len(code) == 5} == set(shipped.classes())


def test_the_government_classes_of_2025_are_501_to_514_and_599() -> None:
    classes = load_dictionary(Classification.GOVERNMENT_ECONOMIC, 2025).classes()
    assert classes == [*map(str, range(501, 515)), "599"]


@pytest.mark.parametrize("classification", Classification)
def test_no_code_has_two_names_in_one_year(classification: Classification) -> None:
    rows = _rows(data_folder("schema") / "codes" / f"{classification.value}.csv")
    for year in range(2015, 2031):
        codes = [row["code"] for row in rows if int(row["first_year"] or 0) <= year <= int(row["last_year"] or 9999)]
        assert len(codes) == len(set(codes)), year


@pytest.mark.parametrize(("year", "classification"), SEEN)
def test_every_code_of_a_published_document_has_the_name_printed_there(
    year: int, classification: Classification
) -> None:
    known = load_dictionary(classification, year).names
    printed = SEEN[year, classification]
    assert {code: known.get(code) for code in printed} == printed


@pytest.mark.parametrize("year", range(2022, 2026))
def test_the_classes_of_a_year_are_those_that_the_budgets_print(year: int) -> None:
    printed = [code for code in SEEN[year, Classification.FUNCTION] if len(code) == 3]
    assert load_dictionary(Classification.FUNCTION, year).classes() == printed


def test_the_department_classification_of_2024_is_the_one_that_the_accounts_print_whole() -> None:
    shipped = load_dictionary(Classification.DEPARTMENT_ECONOMIC, 2024)
    assert shipped.names == SEEN[2024, Classification.DEPARTMENT_ECONOMIC]


def test_an_unknown_code_is_refused_with_the_nearest_names(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "function: 2080505", "function: 2080507")
    finding = workspace.check()[0]
    assert workspace.found() == ["2023/budget.yaml:9:16 C001"]
    assert finding.message == "功能分类科目里没有2080507"
    assert finding.hint.startswith(
        "相近的有：2080506 机关事业单位职业年金缴费支出、2080505 机关事业单位基本养老保险缴费支出、"
    )


def test_a_code_whose_class_is_unknown_is_refused_with_the_class(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "department: 30101", "department: 20101")
    assert workspace.check()[0].message == "部门预算支出经济分类科目里没有20101，它上面的201也没有"


def test_a_code_whose_parent_is_unknown_too_is_told_with_it_and_both_rows_are_asked_for(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "function: 2080505", "function: 2089705")
    finding = workspace.check()[0]
    assert finding.message == "功能分类科目里没有2089705，它上面的20897也没有"
    assert finding.hint.endswith(
        "写进department.yaml的additional_codes并注明出处，一行一个："
        "- {classification: function, code: 20897, name: 名称, source: 出处}，"
        "- {classification: function, code: 2089705, name: 名称, source: 出处}"
    )


def test_the_rows_that_the_hint_gives_are_taken(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "function: 2080505", "function: 2089705")
    rows = workspace.check()[0].hint.partition("一行一个：")[2].split("，- ")
    text = (workspace.folder / "department.yaml").read_text(encoding="utf-8")
    added = "".join(f"  - {row.removeprefix('- ')}\n" for row in rows)
    workspace.write("department.yaml", f"{text}additional_codes:\n{added}")
    assert "C001" not in {one.code for one in workspace.check()}


def test_a_wrong_name_beside_a_code_is_refused_with_the_right_one(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "function: 2010350", "function: 2010350 行政运行")
    finding = workspace.check()[0]
    assert workspace.found() == ["2023/budget.yaml:8:16 C002"]
    assert finding.message == "2010350的名称不是“行政运行”"
    assert finding.hint == "当年名称是“事业运行”；名称也可以不写"


def test_the_right_name_beside_a_code_is_accepted(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "function: 2010350", "function: 2010350 事业运行")
    workspace.edit("2023/budget.yaml", "department: 30101", "department: 30101 基本工资")
    workspace.edit("2023/projects/2-scan.yaml", "function: 2010350", "function: 2010350 事业运行")
    assert workspace.found() == []


def test_a_code_that_the_department_adds_is_known_by_the_name_it_gives(workspace: Demo) -> None:
    for name in ("2023/budget.yaml", "2023/projects/2-scan.yaml"):
        workspace.edit(name, "function: 2010350", "function: 2012604")
    assert [place.split()[1] for place in workspace.found()] == ["C001"]
    added = """\
additional_codes:
  - {classification: function, code: 20126, name: 档案事务, source: 预算批复}
  - {classification: function, code: 2012604, name: 档案馆, source: 预算批复}
"""
    workspace.edit("department.yaml", "units:", added + "units:")
    assert workspace.found() == []
    rows = [row.cells[1].text for row in workspace.document().tables[2].rows]
    assert rows[4:6] == ["档案事务", "档案馆"]


def test_many_uses_of_an_unknown_code_are_told_once(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "function: 2010350", "function: 2012604")
    workspace.edit("2023/budget.yaml", "function: 2080505", "function: 2012699")
    for stem in ("2-scan", "3-more", "4-more"):
        workspace.add_project(stem, "2012604", "10000")
    once, twice = workspace.check()
    assert (str(once.place).split("/", 2)[2], once.message) == (
        "2023/budget.yaml:8:16",
        "功能分类科目里没有2012604，它上面的20126也没有，用了4处",
    )
    project = "departments/demo/2023/projects"
    assert once.hint.startswith(
        f"还有{project}/2-scan.yaml:3、{project}/3-more.yaml:3、{project}/4-more.yaml:3；相近的有："
    )
    assert twice.message == "功能分类科目里没有2012699，它上面的20126也没有"


def test_a_code_added_to_one_classification_is_not_added_to_another(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "department: 30101", "department: 30188")
    added = "additional_codes:\n  - {classification: government_economic, code: 30188, name: 补贴, source: 预算批复}\n"
    workspace.edit("department.yaml", "units:", added + "units:")
    assert workspace.found() == ["2023/budget.yaml:11:18 C001"]
