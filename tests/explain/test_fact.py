"""A printed number leads back to its lines, and to every place that shows it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from discgen.errors import Refusal
from discgen.explain.fact import Explanation, as_text, explain_fact
from discgen.explain.places import shown_places
from tests.conftest import Demo


def explained(workspace: Demo, asked: str) -> list[Explanation]:
    return explain_fact(workspace.document(), asked)


def lines(one: Explanation) -> list[str]:
    return [f"{line.place.line}:{line.place.column} {line.amount:f}" for line in one.lines]


def test_a_cell_is_explained_by_its_address(workspace: Demo) -> None:
    # 2010301: 基本支出 61万元 in line 7 of budget.yaml
    [one] = explained(workspace, "表3/2010301/basic")
    assert (one.value, lines(one)) == (Decimal(610000), ["7:32 610000"])
    assert one.places[0].address == "表3/2010301/basic"
    assert {"表5/2010301/basic"} <= {place.address for place in one.places}


def test_a_total_is_the_sum_of_all_its_lines(workspace: Demo) -> None:
    [one] = explained(workspace, "表3/201/total")
    assert one.value == 610000 + 270000 + 90000
    assert len(one.lines) == 3


def test_a_cell_that_is_a_sum_names_the_cells_of_its_table_that_make_it(workspace: Demo) -> None:
    [one] = explained(workspace, "表3/20103/total")
    assert one.places[0].additions == (
        ("表3/2010301/total", "表3/2010350/total"),
        ("表3/20103/basic", "表3/20103/project"),
    )
    assert "\n        ＝表3/2010301/total＋表3/2010350/total\n" in as_text([one])


def test_a_cell_that_has_one_part_is_no_sum(workspace: Demo) -> None:
    # 201 is 20103 and nothing else: only along the row there is something to add
    [one] = explained(workspace, "表3/201/total")
    assert one.places[0].additions == (("表3/201/basic", "表3/201/project"),)


def test_of_a_long_addition_the_first_cells_are_named(workspace: Demo) -> None:
    [one] = explained(workspace, "表3/20103/total")
    many = replace(one.places[0], additions=(tuple(f"表6/{code}/total" for code in range(30101, 30116)),))
    assert "＋表6/30112/total＋……共15格\n" in as_text([replace(one, places=(many, *one.places))])


@pytest.mark.parametrize("asked", ["61.00", "61.00万元", " 61.00 ", "61", "061.000"])
def test_a_number_is_explained_as_it_is_printed(workspace: Demo, asked: str) -> None:
    assert [one.value for one in explained(workspace, asked)] == [Decimal(610000)]


def test_a_number_that_two_amounts_are_printed_as_is_explained_for_each(workspace: Demo) -> None:
    # 5.00 is printed for 30201 of institutions; make another amount of 5万元 that is not the same money
    workspace.edit("2023/budget.yaml", "{function: 2080505, basic: 3}", "{function: 2080505, basic: 5}")
    workspace.edit(
        "2023/budget.yaml", "{function: 2010301, basic: 61, project: 27}", "{function: 2010301, basic: 59, project: 27}"
    )
    explanations = explained(workspace, "5.00")
    assert len(explanations) > 1
    assert {one.value for one in explanations} == {Decimal(50000)}
    assert len({one.lines for one in explanations}) == len(explanations)


def test_a_change_is_this_year_less_last_year(workspace: Demo) -> None:
    [one] = explained(workspace, "change.income.total")
    assert one.value == (100 - 80) * 10000
    assert [(fact.name, fact.value) for fact in one.operands] == [
        ("income.total", Decimal(1000000)),
        ("prior.income.total", Decimal(800000)),
    ]
    assert "来历：收入总计－上年收入总计" in as_text([one])


def test_a_share_is_one_fact_by_another(workspace: Demo) -> None:
    # 基本支出 64 of 100
    [one] = [one for one in explained(workspace, "64.00%") if one.places[0].title == "基本支出占支出总计"]
    assert one.is_share
    assert one.value == 64
    assert [fact.value for fact in one.operands] == [Decimal(640000), Decimal(1000000)]
    assert "来历：基本支出÷支出总计" in as_text([one])


def test_a_share_is_asked_for_by_its_value_and_its_sign(workspace: Demo) -> None:
    assert {one.value for one in explained(workspace, "64%")} == {Decimal(64)}
    assert all(one.is_share for one in explained(workspace, "64.0%"))
    assert not any(one.is_share for one in explained(workspace, "64"))


def test_a_number_with_another_unit_is_not_the_one_printed(workspace: Demo) -> None:
    with pytest.raises(Refusal):
        explained(workspace, "25元")


def test_what_stands_in_too_many_places_is_answered_with_how_to_name_one(workspace: Demo) -> None:
    with pytest.raises(Refusal, match=r"“0”太多，有\d+种，请写明是哪一个：.*例如\S+（\S+）；"):
        explained(workspace, "0")
    [one] = explained(workspace, "income.carryover")
    assert one.value == 0


def test_the_number_of_a_line_is_no_part_of_its_name(accounts: Demo) -> None:
    places = [place.where for place in shown_places(accounts.document())]
    assert "表1 收入支出决算总表，一、一般公共预算财政拨款收入，收入金额" in places


def test_what_the_document_does_not_show_is_refused(workspace: Demo) -> None:
    with pytest.raises(Refusal, match=r"文件里没有“123\.45”"):
        explained(workspace, "123.45")


def test_every_amount_of_tables_and_text_has_a_place(workspace: Demo) -> None:
    document = workspace.document()
    places = list(shown_places(document))
    cells = [cell for table in document.tables for cell in table.amounts() if cell.text]
    assert sum(place.address.startswith("表") for place in places) == len(cells) > 50
    assert any(place.where.startswith("“一、部门预算收支数据变动情况及原因”：") for place in places)


def test_a_place_names_the_row_and_the_heads_of_its_column(workspace: Demo) -> None:
    [one] = explained(workspace, "表3/2010350/project")
    assert one.places[0].where == "表3 2023年预算支出总表，2010350 事业运行，2023年预算数项目支出"


@pytest.mark.parametrize(
    ("asked", "near"), [("incme.total", "income.total"), ("表5/2010305/basic", "表5/2010301/basic")]
)
def test_an_address_that_is_misspelt_brings_those_that_are_like_it(workspace: Demo, asked: str, near: str) -> None:
    with pytest.raises(Refusal, match=rf"文件里没有“{asked}”。相近的有：.*{near}"):
        explain_fact(workspace.document(), asked)
