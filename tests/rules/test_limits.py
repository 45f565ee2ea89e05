"""What would cost without end is told before it is worked on."""

from __future__ import annotations

import pytest

from discgen.pipeline import check
from discgen.yamltext.compose import MAX_VALUES
from discgen.yamltext.read import examine_yaml
from tests.conftest import Demo


@pytest.mark.parametrize("inside", ["a" + ".a" * 5000, "income.total" + " | prior" * 3000, "x" * 4000])
def test_an_expression_is_not_longer_than_a_name_takes(workspace: Demo, inside: str) -> None:
    """Names and filters by the thousand were a recursion of the parser, or minutes of looking for what was meant."""
    room = 4_900 - len("{{  | 万元 }}")
    workspace.edit(
        "2023/narrative.yaml", "expenditure: 新增库房项目", f'expenditure: "{{{{ {inside[:room]} | 万元 }}}}"'
    )
    (found,) = [one for one in check(workspace.workspace, [workspace.target]) if one.code == "P001"]
    assert "个字，最多200个" in found.message
    assert len(found.message) < 100


def test_a_folder_has_no_more_files_than_headings_can_be_numbered(
    workspace: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("discgen.load.unread_files.MOST_FILES", 2)
    for number in range(4):
        workspace.write(f"2023/projects/9{number}.yaml", "name: 甲\n")
    (found,) = [one for one in check(workspace.workspace, [workspace.target]) if one.code == "L033"]
    assert "个文件，最多2个" in found.message


def test_a_file_with_more_values_than_any_list_admits_is_not_read_on() -> None:
    tree, (found,) = examine_yaml(b"- x\n" * (MAX_VALUES + 5), "f.yaml")
    assert tree is None
    assert (found.code, found.message, found.place.line) == ("L001", "文件里的值超过5万个，从这里起没有读", MAX_VALUES)


@pytest.mark.parametrize("text", ["[" * 10_000, "{a: " * 5_000, "- " * 10_000])
def test_what_is_nested_without_end_is_told_as_that(text: str) -> None:
    tree, (found,) = examine_yaml(text.encode(), "f.yaml")
    assert tree is None
    assert found.message == "括号或缩进套得太深"
