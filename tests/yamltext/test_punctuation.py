"""Slips of the keyboard in YAML, as `discgen check` tells them: which sign, at which column, what to type instead."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from discgen.cli import cli
from tests.conftest import Demo

BUDGET = "2023/budget.yaml"
NARRATIVE = "2023/narrative.yaml"


def told(demo: Demo) -> list[str]:
    """The lines of findings and hints that the command prints."""
    done = CliRunner().invoke(cli, ["check", "-C", str(demo.workspace.root)])
    assert done.exit_code == 1
    lines = (line.removeprefix("departments/demo/") for line in done.stdout.splitlines())
    return [line.strip() for line in lines if " 错误 " in line or line.startswith("    →")]


@pytest.mark.parametrize(
    ("old", "new", "finding", "hint"),
    [
        ("year: 2023", "year:2023", "2:5 错误 L017 第5列的冒号后面缺少空格", "在冒号后面空一格"),
        ("{function: 2080505", "{function:2080505", "9:14 错误 L017 第14列的冒号后面缺少空格", "在冒号后面空一格"),
        ("year: 2023", "year：2023", "2:5 错误 L004 第5列用了中文冒号“：”", "改成英文冒号加一个空格“: ”"),
        (
            "function: 2080505",
            "function：2080505",
            "9:14 错误 L004 第14列用了中文冒号“：”",
            "改成英文冒号加一个空格“: ”",
        ),
        ("2080505, basic", "2080505，basic", "9:23 错误 L004 第23列用了中文逗号“，”", "改成英文逗号加一个空格“, ”"),
        ("{function: 2080505", "｛function: 2080505", "9:5 错误 L004 第5列用了中文花括号“｛”", "改成英文的“{”"),
        ("basic: 3}", "basic: 3｝", "9:33 错误 L004 第33列用了中文花括号“｝”", "改成英文的“}”"),
        (
            "- {function: 2080505",
            "－{function: 2080505",
            "9:3 错误 L004 第3列用了中文减号“－”",
            "改成英文减号加一个空格“- ”",
        ),
        ("- {function: 2080505", "-{function: 2080505", "9:3 错误 L017 第3列的“-”后面缺少空格", "在“-”后面空一格"),
        ("unit: 万元", "“unit”: 万元", "3:1 错误 L004 第1列用了中文引号“", "删去引号，键和编码都不用引号"),
        (
            "function: 2080505",
            "function: “2080505”",
            "9:16 错误 L004 第16列用了中文引号“",
            "删去引号，键和编码都不用引号",
        ),
        ("unit: 万元", "\tunit: 万元", "3:1 错误 L003 这一行用了制表符（Tab）", "改成空格，每级缩进两个空格"),
        ("unit: 万元", "unit: '万元", "3:7 错误 L005 第7列的引号'没有成对", "在这段文字末尾补上同样的引号'"),
        (
            "unit: 万元",
            "unit 万元",
            "3:1 错误 L005 这一行缺少冒号，或冒号后面少了空格",
            "键后面写英文冒号加一个空格，例如year: 2023",
        ),
        (
            "basic: 3}",
            "basic: 3",
            "9:5 错误 L005 第5列的“{”没有配上“}”，或里面少了英文逗号",
            "末尾补上“}”；几项之间用英文逗号加一个空格“, ”",
        ),
    ],
)
def test_the_sign_is_named_with_its_column_and_what_to_type(
    workspace: Demo, old: str, new: str, finding: str, hint: str
) -> None:
    workspace.edit(BUDGET, old, new)
    lines = told(workspace)
    assert lines[:2] == [f"{BUDGET}:{finding}", f"→ {hint}"]


def test_chinese_signs_all_through_a_line_are_all_told(workspace: Demo) -> None:
    workspace.edit(BUDGET, "{function: 2080505, basic: 3}", "｛function：2080505，basic：3｝")
    columns = [line.split(":")[2].split()[0] for line in told(workspace) if line.startswith(f"{BUDGET}:9:")]
    assert columns == ["5", "14", "22", "28", "30"]


@pytest.mark.parametrize(
    ("reason", "finding"),
    [
        ("原因: 人员增加", "10:23 错误 L005 第23列又有一个英文冒号，一行只能有一个"),
        ("'人员'增加'", "10:25 错误 L005 第25列：引号'已经写完，后面又有字"),
        ("%人员增加", "10:21 错误 L005 第21列的“%”不能放在开头"),
    ],
)
def test_signs_of_a_text_that_yaml_takes_for_its_own_are_told(workspace: Demo, reason: str, finding: str) -> None:
    workspace.edit(NARRATIVE, "人员增加", reason)
    assert told(workspace)[0] == f"{NARRATIVE}:{finding}"


@pytest.mark.parametrize(
    "duty", ["app：网上办理。", "amount：数量。", "“一件事”：集成办理，basic：基础。", "wifi:8号。", "｛甲｝办理。"]
)
def test_a_text_that_looks_like_a_slip_is_accepted(workspace: Demo, duty: str) -> None:
    workspace.edit(NARRATIVE, "收集和保管档案。", duty)
    assert not {one.code for one in workspace.check()} & {"L004", "L005", "L017"}


def test_a_text_that_looks_like_a_slip_does_not_hide_the_one_that_is(workspace: Demo) -> None:
    workspace.edit(NARRATIVE, "收集和保管档案。", "amount：数量。")
    workspace.edit(NARRATIVE, "人员增加", "'人员增加")
    assert f"{NARRATIVE}:10:21 错误 L005 第21列的引号'没有成对" in told(workspace)


def test_a_slip_takes_the_place_of_what_follows_from_it(workspace: Demo) -> None:
    workspace.edit(BUDGET, "{function: 2080505", "{function：2080505")
    assert [one for one in workspace.found() if one.startswith(f"{BUDGET}:9:")] == [f"{BUDGET}:9:14 L004"]


def test_versions_that_git_could_not_merge_are_told_as_such(workspace: Demo) -> None:
    workspace.edit(BUDGET, "year: 2023\n", "<<<<<<< HEAD\nyear: 2023\n=======\nyear: 2024\n>>>>>>> other\n")
    assert told(workspace)[0] == "2023/budget.yaml:2:1 错误 L019 从这里起，git没能把两个版本合到一起"


@pytest.mark.parametrize(
    ("name", "old", "new", "finding"),
    [
        (NARRATIVE, "  three_public:", "\u3000three_public:", "9:1 错误 L004 第1列是全角空格，不是缩进"),
        (
            NARRATIVE,
            "three_public: 压缩",
            "three_public: [三公]压缩",
            "9:21 错误 L005 第21列：“[”开头的已经写完，后面又有字",
        ),
        (BUDGET, "fund: general, amount: 100", "fund: general, amount 100", "5:21 错误 S001 “amount”后面缺少冒号"),
    ],
)
def test_a_slip_is_told_where_it_is(workspace: Demo, name: str, old: str, new: str, finding: str) -> None:
    workspace.edit(name, old, new)
    assert told(workspace)[0] == f"{name}:{finding}"
    assert len(told(workspace)) == 2  # the finding and what to do
