"""An import that takes the place of an earlier one of another file says so: its money is no longer there."""

from __future__ import annotations

from discgen.model.line import Source
from tests.importing.books import BASIC, NAMES, UNIT, WORKS, book, instead
from tests.importing.workspaces import Empty


def replaced(remarks: tuple[str, ...]) -> list[str]:
    return [remark for remark in remarks if "换成这次的" in remark]


def test_a_second_file_takes_the_place_of_the_first_and_says_so(empty: Empty) -> None:
    empty.take(empty.give("基本.xlsx", book(UNIT, NAMES, BASIC)))
    plan = empty.plan(empty.give("项目.xlsx", book(UNIT, NAMES, WORKS)))
    message = "注意：departments/demo/2023/budget.yaml 里从基本.xlsx 明细导入的，换成这次的："
    advice = "那里的钱这次没有的，就没有了；都要的，把几个文件写在一条命令里一起导入"
    assert replaced(plan.remarks) == [message + advice]


def test_one_of_two_files_alone_says_which_is_no_longer_there(empty: Empty) -> None:
    basic = empty.give("基本.xlsx", book(UNIT, NAMES, BASIC))
    works = empty.give("项目.xlsx", book(UNIT, NAMES, WORKS))
    empty.take(basic, works)
    [message] = replaced(empty.plan(works).remarks)
    assert "从基本.xlsx 明细导入的" in message
    assert replaced(empty.plan(basic, works).remarks) == []


def test_the_same_file_with_other_amounts_is_no_news(empty: Empty) -> None:
    empty.take(empty.give("支出.xlsx", book(UNIT, NAMES, BASIC, WORKS)))
    again = empty.take(empty.give("支出.xlsx", book(UNIT, NAMES, instead(BASIC, 6, 1001), WORKS)))
    assert replaced(again.remarks) == []
    assert sum(line.amount for line in empty.facts().lines[Source.EXPENDITURE]) == 1271
