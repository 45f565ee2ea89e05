"""What published documents got wrong, put into a copy of their own department: each is found at its line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from discgen.load.workspace import Workspace
from discgen.pipeline import check

ROOT = Path(__file__).parents[1]


class Copy:
    """A department-year in a folder of its own, to be spoilt."""

    def __init__(self, root: Path, year: str) -> None:
        department = year.partition("/")[0]
        shutil.copytree(ROOT / "departments" / department, root / "departments" / department)
        self._root = root
        self._year = year

    def edit(self, name: str, old: str, new: str) -> str:
        """Change the one place in a file of the year that reads `old`; `file:line` of it."""
        path = self._root / "departments" / self._year / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{text.count(old)} times: {old}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return f"{path.relative_to(self._root).as_posix()}:{text[: text.index(old)].count(chr(10)) + 1}"

    def remove(self, pattern: str) -> None:
        for path in (self._root / "departments" / self._year).glob(pattern):
            path.unlink()

    def found(self) -> set[tuple[str, str]]:
        """`file:line` and code of every finding."""
        workspace = Workspace(self._root)
        findings = check(workspace, workspace.select((self._year,)))
        return {(f"{finding.place.file}:{finding.place.line}", finding.code) for finding in findings}


@pytest.fixture
def copy(tmp_path: Path) -> Callable[[str], Copy]:
    return lambda year: Copy(tmp_path, year)


class Slip(NamedTuple):
    """What a document got wrong: the words in a file of its department, what they become, and the code that says so."""

    year: str
    name: str
    old: str
    new: str
    code: str


SLIPS = [
    # 000: 2022年 in the 2023 text, a staff member's telephone number
    Slip("lvliang-xzsp/2023", "projects/03-legal-counsel.yaml", "  plan: ", "  plan: 2021年1月启动。", "Y005"),
    Slip("lvliang-xzsp/2023", "projects/03-legal-counsel.yaml", "  summary: ", "  summary: 电话0000-8220000。", "D001"),
    # 001: XX月XX日 left open; 机关运行经费 in the text other than in the table
    Slip("xinzhou-xzsp/2022", "projects/25-temperature-gate.yaml", "2022年5月1日前", "XX月XX日前", "P011"),
    Slip(
        "xinzhou-xzsp/2022", "narrative.yaml", "  agency_operation: ", "  agency_operation: 增加到355.29万元，", "P004"
    ),
    # 002: 商品和服务支出 of the text other than the table's
    Slip(
        "xiaoyi-xzsp/2024", "accounts-narrative.yaml", "  operation: ", "  operation: 商品和服务支出59.41万元。", "P004"
    ),
    # 003: a letter that is not to be published
    Slip("shanxi-zgq-xzsp/2025", "narrative.yaml", "  overall_goal: ", "  overall_goal: （此件不予公开）", "D006"),
    # 004: 。 and ； side by side, a number that the tables deny
    Slip("lvliang-xzsp/2024", "narrative.yaml", "  three_public: ", "  three_public: 标准提高。；", "P016"),
    Slip("lvliang-xzsp/2024", "narrative.yaml", "  overall_goal: ", "  overall_goal: 当年支出0万元。", "P004"),
    # an amount in 万元 among those in 元, which nothing else adds up with
    Slip("lvliang-xzsp/2024", "budget.yaml", "goods: 14314800", "goods: 1431.48", "R024"),
]


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_of_the_text_is_found_where_it_is_written(copy: Callable[[str], Copy], slip: Slip) -> None:
    spoilt = copy(slip.year)
    assert slip.code not in {found for _, found in spoilt.found()}
    at = spoilt.edit(slip.name, slip.old, slip.new)
    assert (at, slip.code) in spoilt.found()


def test_an_empty_table_beside_figures_is_found(copy: Callable[[str], Copy]) -> None:
    # 004: table 12 is empty while 31 projects are listed, so 项目支出 is without its projects
    spoilt = copy("lvliang-xzsp/2024")
    spoilt.remove("projects/*.yaml")
    assert {"R003"} <= {code for _, code in spoilt.found()}


def test_basic_expenditure_that_its_economic_codes_deny_is_found(copy: Callable[[str], Copy]) -> None:
    # 001: table 6 adds to 1,216.95 while 基本支出 is 1,410.07
    spoilt = copy("xinzhou-xzsp/2022")
    spoilt.edit("budget.yaml", "  - {department: 302, unit: agency, amount: 2219100}", "")
    assert "R002" in {code for _, code in spoilt.found()}


def test_fewer_reports_than_projects_are_found(copy: Callable[[str], Copy]) -> None:
    # 002: 31 projects claimed, sixteen reports attached
    spoilt = copy("xiaoyi-xzsp/2024")
    spoilt.remove("waivers.yaml")
    assert "E007" in {code for _, code in spoilt.found()}


def test_a_sheet_of_another_unit_and_a_project_without_one_are_found(copy: Callable[[str], Copy]) -> None:
    # 003: nineteen sheets name another unit, eleven projects have none
    spoilt = copy("shanxi-zgq-xzsp/2025")
    spoilt.remove("waivers.yaml")
    assert {"G005", "G007"} <= {code for _, code in spoilt.found()}


def test_a_project_named_two_ways_is_found(copy: Callable[[str], Copy]) -> None:
    # 000: one project under two names that differ in a few characters
    spoilt = copy("shanxi-zgq-xzsp/2025")
    spoilt.edit("projects/08-commissioned-services.yaml", "name: 委托业务经费", "name: 派遣人员业务经费")
    assert "G009" in {code for _, code in spoilt.found()}
