"""Names of projects that no file may hold are refused with their cell, before anything is composed."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from discgen.cli import cli
from discgen.importing.problems import ImportProblemsError
from discgen.load.unread_files import MOST_FILES
from tests.importing.books import HEADS, STORE, problems
from tests.importing.workspaces import Empty

_WRITTEN = "名称写在一行里，不含花括号，不以空格、#、!开头"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("null", "项目名称写着“null”，是导出时没有内容的样子，写上名称"),
        ("NaN", "项目名称写着“NaN”，是导出时没有内容的样子，写上名称"),
        ("{a}", f"“{{a}}”不能作项目名称：{_WRITTEN}"),
        ("{{ income.total }}", f"“{{{{ income.total }}}}”不能作项目名称：{_WRITTEN}"),
        ("#x", f"“#x”不能作项目名称：{_WRITTEN}"),
        ("长" * 300, f"项目名称“{'长' * 20}…”太长：有300个字，最多100个"),
    ],
)
def test_a_name_that_no_file_may_hold_is_told_at_its_cell(empty: Empty, name: str, message: str) -> None:
    assert problems(empty, HEADS + STORE.replace("库房改造", name), "支出.csv") == [f"支出.csv!F2 {message}"]


@pytest.mark.parametrize("name", ["~", "123", "true", "- a", "a: b", "“引号”", "空值null"])
def test_a_name_that_is_only_odd_is_kept(empty: Empty, name: str) -> None:
    empty.take(empty.give("支出.csv", HEADS + STORE.replace("库房改造", name)))
    assert [project.name for project in empty.facts().projects] == [name]


def test_more_projects_than_a_year_may_have_are_refused_before_they_are_composed(empty: Empty) -> None:
    rows = "".join(STORE.replace("库房改造", f"项目{at}") for at in range(MOST_FILES + 1))
    with pytest.raises(ImportProblemsError, match=f"项目有{MOST_FILES + 1}个，一个年度最多{MOST_FILES}个"):
        empty.plan(empty.give("支出.csv", HEADS + rows))


def test_a_department_with_a_name_that_no_folder_bears_is_refused(empty: Empty) -> None:
    result = CliRunner().invoke(cli, ["import", "-C", str(empty.root), f"{'a' * 300}/2025", "x.csv"])
    assert result.exit_code == 2
    assert "应写成部门/年度" in result.output
