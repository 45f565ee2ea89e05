from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discgen.export import as_json
from discgen.export.as_csv import COLUMNS, as_csv, as_written, inert
from discgen.export.as_datapackage import as_datapackage
from discgen.ledger.query import DIMENSIONS
from discgen.load.target import Target
from discgen.model.line import Source
from tests.conftest import Demo
from tests.export.workspaces import TARGETS, document_of

NEGATIVE = """\
  - {department: 30201, unit: archive, amount: -1}
  - {department: 30202, unit: archive, amount: 3}"""


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("target", TARGETS, ids=str)
def test_the_lines_can_be_read_back_to_the_same_facts(target: Target) -> None:
    disclosure = document_of(target).disclosure
    back: dict[str, list[object]] = {}
    for row in rows(as_csv(document_of(target))["lines.csv"]):
        known = [row[dimension] or None for dimension in DIMENSIONS]
        back.setdefault(row["source"], []).append([Decimal(row["amount"]), row["file"], int(row["line"]), *known])
    facts = {
        source: [
            [line.amount, line.place.file, line.place.line, *(getattr(line, name) for name in DIMENSIONS)]
            for line in lines
        ]
        for source, lines in disclosure.lines.items()
    }
    assert back == {source: lines for source, lines in facts.items() if lines}
    assert sum(map(len, back.values())) > 3


def test_a_line_names_its_codes_its_unit_and_its_project(workspace: Demo) -> None:
    found = rows(as_csv(workspace.document())["lines.csv"])
    scan = next(row for row in found if row["project"] == "2-scan")
    assert list(scan) == list(COLUMNS)
    assert {name: value for name, value in scan.items() if value} == {
        "year": "2023",
        "source": "project",
        "stage": "approved",
        "fund": "general",
        "origin": "current",
        "nature": "project",
        "unit": "archive",
        "unit_name": "示范市档案馆",
        "function_code": "2010350",
        "function_name": "事业运行",
        "project": "2-scan",
        "project_name": "档案扫描",
        "amount": "90000",
        "file": "departments/demo/2023/projects/2-scan.yaml",
        "line": "5",
    }
    paid = next(row for row in found if row["source"] == Source.BASIC)
    assert paid["department_economic_name"] == "基本工资"
    assert paid["government_economic_name"] == "工资奖金津补贴"


def test_a_table_has_one_row_of_heads_and_exact_amounts(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "amount: 40}", "amount: 39.99991}")
    workspace.edit("2023/budget.yaml", "government: 50201, amount: 13}", "government: 50201, amount: 13.00009}")
    table = rows(as_csv(workspace.document())["表6 一般公共预算安排基本支出分经济科目表（不含上年结转）.csv"])
    assert [row["2023年预算数/人员经费（万元）"] for row in table[:2]] == ["39.99991", "39.99991"]
    assert [list(row.values())[:2] for row in table[:3]] == [
        ["合计", ""],
        ["工资福利支出", ""],
        ["基本工资", "工资奖金津补贴"],
    ]


def test_every_table_is_a_file_that_excel_takes_for_utf8(workspace: Demo) -> None:
    files = as_csv(workspace.document())
    assert len(files) == 14
    assert all(data.startswith(b"\xef\xbb\xbf") for data in files.values())


def test_the_number_of_a_column_is_no_part_of_its_name(accounts: Demo) -> None:
    heads = rows(as_csv(accounts.document())["表2 收入决算表.csv"])[0]
    assert list(heads)[:3] == ["项目/科目代码", "项目/科目名称", "本年收入合计（万元）"]


def test_json_is_the_data_that_the_pdf_carries(workspace: Demo) -> None:
    data = as_json(workspace.document())["discgen.json"].decode()
    assert '"department": "示范市档案局"' in data
    assert '"amount": "90000"' in data


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠SUM(A1)", "'=1+1", "“=1+1"])
def test_a_name_that_looks_like_a_formula_is_not_calculated(workspace: Demo, name: str) -> None:
    workspace.edit("2023/projects/2-scan.yaml", "name: 档案扫描", f'name: "{name}"')
    files = as_csv(workspace.document())
    cells = [
        cell for data in files.values() for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row
    ]
    assert f"'{name}" in cells
    assert name not in cells
    assert f"{name}," in as_datapackage(workspace.document())["lines.csv"].decode()


def test_a_negative_amount_stays_a_number(accounts: Demo) -> None:
    accounts.edit("2023/accounts.yaml", "  - {department: 30201, unit: archive, amount: 2}", NEGATIVE)
    found = rows(as_csv(accounts.document())["lines.csv"])
    assert "-10000" in {row["amount"] for row in found}


@pytest.mark.parametrize("text", [" =1", "\u3000＝1", '"=1', "\t=1", "\r=1", "\n1", "\t1", "''+1"])
def test_blanks_and_quotation_marks_hide_no_formula(text: str) -> None:
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "办公费", "其中：A=B", "（－）", "'", "'abc", "“三公”经费", "|a", "5%"])
def test_other_texts_are_as_they_are(text: str) -> None:
    assert inert(text) == text


@given(st.text(alphabet="'=＝+-@\t \"“a一", max_size=8))
def test_an_inert_text_is_read_back_as_it_was(text: str) -> None:
    assert as_written(inert(text)) == text
