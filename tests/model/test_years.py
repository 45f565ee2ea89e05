"""A department from year to year: renamed, joined by another, or in its first year."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from discgen.document import Document
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.narrative.blocks import Paragraph
from discgen.pipeline import compose

ROOT = Path(__file__).parents[2]
EXAMPLE = "_example-all"


def composed(root: Path, year: int) -> Document:
    result = compose(Workspace(root), Target(EXAMPLE, year, "budget"))
    assert not result.findings
    assert result.document is not None
    return result.document


def text(document: Document) -> str:
    return "\n".join(block.text for block in document.text.blocks if isinstance(block, Paragraph))


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The example before anybody joined it."""
    shutil.copytree(ROOT / "departments" / EXAMPLE, tmp_path / "departments" / EXAMPLE)
    budget = tmp_path / "departments" / EXAMPLE / "2025" / "budget.yaml"
    before, _, _ = budget.read_text(encoding="utf-8").partition("\nmerged_from:")
    budget.write_text(before, encoding="utf-8")
    return tmp_path


def test_a_renamed_department_keeps_its_old_name_in_documents_of_before() -> None:
    assert composed(ROOT, 2024).disclosure.department.name == "示例市示范局"
    assert composed(ROOT, 2025).disclosure.department.name == "示例市示例局"


def test_a_first_year_without_figures_of_the_year_before_compares_nothing() -> None:
    first = text(composed(ROOT, 2024))
    assert "上年结转0万元；本年部门预算支出总计" in first
    assert "比上年" not in first
    assert "2023年" not in first


def test_the_year_after_compares_with_the_first() -> None:
    # 692.50 of 2025 less 330.00 of 2024 and 15.00 of who joined, in 万元; half a 元 is lost in rounding.
    assert "比上年增加347.50万元，增长100.72%" in text(composed(ROOT, 2025))


def test_a_department_that_joined_brings_its_last_year_along(example: Path) -> None:
    shutil.copytree(example / "departments" / EXAMPLE / "2024", example / "departments" / "joined" / "2024")
    shutil.copy(example / "departments" / EXAMPLE / "department.yaml", example / "departments" / "joined")
    budget = example / "departments" / EXAMPLE / "2025" / "budget.yaml"
    budget.write_text(budget.read_text(encoding="utf-8") + "\nmerged_from: [joined]\n", encoding="utf-8")
    # Last year is counted twice now: 692.50 less 2 x 330.00.
    document = compose(Workspace(example), Target(EXAMPLE, 2025, "budget")).document
    assert document is not None
    assert "比上年增加32.50万元，增长4.92%" in text(document)


def test_a_class_that_only_the_department_that_joined_has_a_name_for_is_an_error(example: Path) -> None:
    joined = example / "departments" / "joined"
    shutil.copytree(example / "departments" / EXAMPLE / "2024", joined / "2024")
    department = (example / "departments" / EXAMPLE / "department.yaml").read_text(encoding="utf-8")
    added = "".join(
        f"  - {{classification: function, code: {code}, name: 其他支出, source: 2024年批复}}\n"
        for code in ("239", "23999", "2399999")
    )
    (joined / "department.yaml").write_text(department + added, encoding="utf-8")
    for file in (joined / "2024/budget.yaml", joined / "2024/projects/01-ordinary.yaml"):
        file.write_text(file.read_text(encoding="utf-8").replace("2019999", "2399999"), encoding="utf-8")
    budget = example / "departments" / EXAMPLE / "2025" / "budget.yaml"
    budget.write_text(budget.read_text(encoding="utf-8") + "\nmerged_from: [joined]\n", encoding="utf-8")
    (finding,) = compose(Workspace(example), Target(EXAMPLE, 2025, "budget")).findings
    assert (finding.code, finding.message) == ("C001", "功能分类科目里没有239，并入的部门“joined”上年用了它")


@pytest.mark.parametrize("name", ["nobody", EXAMPLE])
def test_a_joined_department_without_last_year_or_that_is_the_department_itself_is_an_error(
    example: Path, name: str
) -> None:
    budget = example / "departments" / EXAMPLE / "2025" / "budget.yaml"
    budget.write_text(budget.read_text(encoding="utf-8") + f"\nmerged_from: [{name}]\n", encoding="utf-8")
    findings = compose(Workspace(example), Target(EXAMPLE, 2025, "budget")).findings
    assert [finding.code for finding in findings] == ["M010"]


def test_every_fund_and_both_origins_reach_the_tables() -> None:
    tables = {table.id: table for table in composed(ROOT, 2025).tables}
    totals = {sum_.name: sum_.total.value for sum_ in tables["income-and-expenditure"].sums}
    assert totals["total/total"] == Decimal("6925000.50")
    empty = [
        id_ for id_, table in tables.items() if not any(cell.answer and cell.answer.value for cell in table.amounts())
    ]
    assert empty == []
