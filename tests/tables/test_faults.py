"""Money that a table would lose, and sums that do not add up, are told in the form; what is rightly unknown is not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from discgen.diagnostics import Place
from discgen.ledger.ledger import Ledger
from discgen.ledger.query import Query
from discgen.model.disclosure import Disclosure
from discgen.model.line import Component, Fund, Line, Nature, ProcurementItem, Source, Stage
from discgen.tables.table import Table
from tests.conftest import Demo
from tests.forms import PARENT, Forms
from tests.tables.made import line, make

ITEMS = """\
source: procurement
columns: [{key: label, label: 项目, show: label}, {key: total, label: 金额}]
rows:
  - {id: total, label: 合计, parts: %s}
  - {id: goods, label: 货物, where: {item: goods}}
  - {id: works, label: 工程, where: {item: works}}
  - {id: services, label: 服务, where: {item: services}}
"""
BOUGHT = [line(2**number, item=item) for number, item in enumerate(ProcurementItem)]
"""货物 1, 工程 2, 服务 4."""


def told(table: Table) -> list[str]:
    return [f"{one.place.line}:{one.place.column} {one.code} {one.message} → {one.hint}" for one in table.faults]


def test_parts_that_make_up_the_total_are_no_fault(disclosure: Disclosure) -> None:
    assert told(make(disclosure, ITEMS % "[goods, works, services]", procurement=BOUGHT)) == []


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (
            "[goods, services]",
            "“表”的total/total是70,000元，分项goods、services合计50,000元 → 是不是少了“works”？",
        ),
        (
            "[goods]",
            "“表”的total/total是70,000元，分项goods合计10,000元 → 核对parts：各项加起来要正好是它，不重不漏",
        ),
    ],
)
def test_incomplete_parts_are_told_where_they_are_written(disclosure: Disclosure, parts: str, said: str) -> None:
    assert told(make(disclosure, ITEMS % parts, procurement=BOUGHT)) == [f"4:35 M015 {said}"]


def test_a_part_too_many_is_told(disclosure: Disclosure) -> None:
    spec = """\
source: expenditure
columns:
  - {key: total, label: 合计, where: {nature: basic}, parts: [basic, project]}
  - {key: basic, label: 基本, where: {nature: basic}}
  - {key: project, label: 项目, where: {nature: project}}
rows: [{id: all}]
"""
    lines = [line(1, nature=Nature.BASIC), line(2, nature=Nature.PROJECT)]
    assert told(make(disclosure, spec, expenditure=lines)) == [
        "3:60 M015 “表”的all/total是10,000元，分项basic、project合计30,000元 → 是不是多了“project”？"
    ]


def test_made_rows_that_leave_money_out_are_told_where_they_are_put_under_the_total(disclosure: Disclosure) -> None:
    spec = """\
source: expenditure
columns: [{key: code, label: 科目, show: code}, {key: total, label: 合计, source: [income, expenditure]}]
rows:
  - {id: total, label: 合计}
  - {each: function_code, under: total}
"""
    lines = {"income": [line(1, function_code="2080505")], "expenditure": [line(2, function_code="2010301")]}
    assert told(make(disclosure, spec, **lines)) == [
        "5:34 M015 “表”的total/total是30,000元，分项function_code:201合计20,000元 → 核对parts：各项加起来要正好是它，不重不漏"
    ]


COMPONENTS = """\
source: three_public
columns: [{key: total, label: 金额}]
rows: [{id: operating, label: 公用经费, where: {component: operating}}]
"""


def test_money_that_cannot_say_whether_it_belongs_is_told_with_its_line(disclosure: Disclosure) -> None:
    known = Line(Decimal(3), Place("b", 7), component=Component.OPERATING)
    unknown = Line(Decimal(5), Place("b", 9))
    assert told(make(disclosure, COMPONENTS, three_public=[known, unknown])) == [
        "3:8 M019 “表”的“公用经费”“金额”一格印成空白：有5元没有写component，或写得不够细，不知道算不算进来 → b第9行补上component，或让表式不按它分"
    ]


@pytest.mark.parametrize(
    "silent",
    [Line(Decimal(0), Place("b")), Line(Decimal(5), Place("b"), stage=Stage.ADJUSTED)],
    ids=["no money", "another stage"],
)
def test_a_line_without_money_or_of_another_stage_may_know_less(disclosure: Disclosure, silent: Line) -> None:
    assert told(make(disclosure, COMPONENTS, three_public=[silent])) == []


def test_rows_that_cannot_be_made_are_told_and_left_out(disclosure: Disclosure) -> None:
    spec = """\
source: income
columns: [{key: code, label: 科目, show: code}, {key: total, label: 金额}]
rows:
  - {each: income_code}
"""
    table = make(disclosure, spec, income=[line(1, fund=Fund.GENERAL)])
    assert table.rows == ()
    assert [fault.split(" → ")[0] for fault in told(table)] == [
        "4:5 M019 “表”的逐项的行印成空白：有10,000元没有写income_code，或写得不够细，不知道算不算进来"
    ]


def test_coarse_lines_of_last_year_are_no_fault(workspace: Demo) -> None:
    """A ledger of last year is never laid out as a table; what it does not know, text passes over."""
    ledger = Ledger({Source.EXPENDITURE: (line(8),)}, workspace.facts().department)
    assert ledger.undecided(Query((Source.EXPENDITURE,), (("nature", ("basic",)),)))
    assert workspace.findings("M019") == []


def test_one_item_forgotten_is_a_finding_in_the_form(workspace: Demo, forms: Forms) -> None:
    path = f"{PARENT}/tables/three-public.yaml"
    forms.edit(path, "[overseas_travel, reception, vehicles]", "[overseas_travel, reception]")
    assert [f"{one.place} {one.message} {one.hint}" for one in workspace.findings("M015")] == [
        f"templates/forms/{forms.at(path, '[overseas_travel, reception]')} “2023年一般公共预算“三公”经费支出预算表”的total/total是60,000元，分项overseas_travel、reception合计0元 是不是少了“vehicles”？"
    ]
