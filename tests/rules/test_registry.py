"""Each code is found by one function in a module of its family, with the severity that its rule.yaml gives."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from discgen.diagnostics import Severity
from discgen.rules import registry
from discgen.rules.catalogue import load_rules, rule_of
from discgen.rules.registry import Check, all_checks
from discgen.validate.shipped import ShippedDataError
from tests.conftest import Demo

FOLDER = Path(registry.__file__).parent
MODULES = {
    "R": "reconciliation",
    "Y": "years",
    "A": "assets",
    "G": "goals",
    "E": "evaluations",
    "P": "prose",
    "D": "secrecy",
}
"""What the names of the modules begin with that hold the rules of a family."""
IN_ANOTHER_FAMILY = {"G010"}
"""Found together with R016, which is the same of other lists."""


def test_every_code_belongs_to_one_check() -> None:
    codes = [code for check in all_checks() for code in check.codes]
    assert len(codes) == len(set(codes))


def test_the_codes_that_checks_find_and_no_others_say_for_which_kinds_they_are() -> None:
    bound = {code for check in all_checks() for code in check.codes}
    assert {code for code, page in load_rules().items() if page.kinds} == bound


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("R999", "没有schema/rules/R999/rule.yaml这个文件，要有它"),
        ("L001", "schema/rules/L001/rule.yaml没有写kinds，这条规则对哪种文件都不检查"),
    ],
)
def test_who_binds_a_function_to_a_code_is_told_what_its_folder_lacks(code: str, said: str) -> None:
    with pytest.raises(ShippedDataError, match=re.escape(said)):
        _ = Check((code,), lambda _: iter(())).kinds


def test_the_codes_of_one_check_are_for_the_same_kinds() -> None:
    for check in all_checks():
        assert {rule_of(code).kinds for code in check.codes} == {check.kinds}


def test_from_a_code_its_module_is_known() -> None:
    for check in all_checks():
        module = check.find.__module__.removeprefix("discgen.rules.")
        for code in {*check.codes} - IN_ANOTHER_FAMILY:
            assert module.startswith(MODULES[code[0]]), code


def reported() -> Iterator[tuple[str, str]]:
    """Each code that a rule reports, with the function that makes the finding."""
    for path in sorted(FOLDER.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
                continue
            code = node.args[0]
            if node.func.id in ("finding", *Severity) and isinstance(code, ast.Constant):
                yield str(code.value), node.func.id


def test_a_severity_stands_in_the_code_only_where_the_rule_has_several() -> None:
    by_code: dict[str, set[str]] = {}
    for code, function in reported():
        by_code.setdefault(code, set()).add(function)
    assert len(by_code) > 100
    for code, functions in by_code.items():
        severities = set(rule_of(code).severities)
        assert functions == (severities if len(severities) > 1 else {"finding"}), code


def test_what_a_code_is_caused_by_is_a_code() -> None:
    for page in load_rules().values():
        assert {*page.caused_by.same_value, *page.caused_by.anywhere} <= set(load_rules())


MOST = 3


@pytest.fixture
def traditional(workspace: Demo, monkeypatch: pytest.MonkeyPatch) -> Demo:
    monkeypatch.setattr(registry, "MOST_OF_A_CHECK", MOST)
    return workspace


@pytest.mark.parametrize(("times", "told"), [(MOST - 1, MOST - 1), (MOST, MOST), (50, MOST)])
def test_a_rule_is_told_only_so_many_times(traditional: Demo, times: int, told: int) -> None:
    text = "、".join(f"擔任第{number}处的管理" for number in range(times))
    traditional.write(
        "2023/narrative.yaml", f"overview:\n  duties: [{text}。]\n  organisation: {{offices: [办公室]}}\n"
    )
    found = [one for one in traditional.findings() if "是繁体字" in one.message]
    assert len(found) == told
    stopped = [one for one in found if "只查到这里" in one.hint]
    assert [one.severity for one in stopped] == ([Severity.ERROR] if told == MOST else [])


STORE = "2023/projects/1-store.yaml"
NARRATIVE = "2023/narrative.yaml"


def test_a_reason_not_filled_in_is_not_also_said_to_say_nothing(workspace: Demo) -> None:
    workspace.edit(NARRATIVE, "agency_operation: 人员增加", "agency_operation: 待补充")
    assert [one.split()[1] for one in workspace.found("Y001", "P011")] == ["P011"]


def test_another_reason_that_says_nothing_is_told_all_the_same(workspace: Demo) -> None:
    workspace.edit(NARRATIVE, "agency_operation: 人员增加", "agency_operation: 待补充")
    workspace.edit(NARRATIVE, "three_public: 压缩用车", "three_public: 正常变化")
    assert [one.split()[1] for one in workspace.found("Y001", "P011")] == ["Y001", "P011"]


def test_a_misspelt_aspect_is_not_also_said_to_be_missing(workspace: Demo) -> None:
    workspace.edit(STORE, "    服务对象满意度指标:", "    满意度指标:")
    assert [one.split()[1] for one in workspace.found("G003", "G011")] == ["G003"]


def test_what_else_is_missing_beside_a_misspelt_aspect_is_told(workspace: Demo) -> None:
    workspace.edit(STORE, "    服务对象满意度指标:", "    满意度指标:")
    workspace.edit(STORE, "    社会效益指标:\n      - {name: 利用档案方便, target: 方便}\n", "")
    assert sorted(one.split()[1] for one in workspace.found("G003", "G011")) == ["G003", "G011"]


def test_an_aspect_that_resembles_none_leaves_its_group_missing(workspace: Demo) -> None:
    workspace.edit(STORE, "    服务对象满意度指标:", "    甲乙:")
    assert sorted(one.split()[1] for one in workspace.found("G003", "G011")) == ["G003", "G011"]


def test_a_unit_whose_name_was_taken_is_not_also_said_to_be_missing(workspace: Demo) -> None:
    workspace.edit("department.yaml", "id: archive", "id: agency")
    assert [one.split()[1] for one in workspace.found("M002", "M005")] == ["M005"]


def test_waivers_hold_where_tables_cannot_be_made(workspace: Demo) -> None:
    workspace.edit(STORE, "period_years: 1", "period_years: 3")
    waiver = (
        f"{{code: G016, at: {STORE.removeprefix('2023/')}, says: 3年, reason: 照录已批复的绩效目标表。, until: 2023}}"
    )
    workspace.write("2023/waivers.yaml", f"waivers:\n  - {waiver}\n")
    workspace.edit("2023/budget.yaml", "{department: 30231, government: 50208,", "{department: 30231,")
    assert {one.split()[1] for one in workspace.found()} == {"R004", "R008"}


def test_an_amount_that_is_not_known_this_year_leaves_its_reason_alone(workspace: Demo) -> None:
    units = "  - {id: office, name: 示范市史志办, short_name: 市史志办, kind: administrative}\n"
    department = (workspace.folder / "department.yaml").read_text(encoding="utf-8")
    workspace.write("department.yaml", department + units)
    assert {one.split()[1] for one in workspace.found()} == {"R004"}


def test_what_a_row_without_its_government_code_leaves_blank_is_not_told_of_the_form(workspace: Demo) -> None:
    salaries = "{department: 30101, government: 50101, amount: 40}"
    rows = "{department: 30101, amount: 30}\n  - {department: 30101, government: 50501, amount: 10}"
    workspace.edit("2023/budget.yaml", salaries, rows)
    assert {one.split()[1] for one in workspace.found()} == {"R008"}
