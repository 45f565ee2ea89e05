"""What claims to be PDF/UA-1 and PDF/A-3a is so: the examples, a draft, and every form with all it has a place for or with nothing.

The published documents are held to it where they are built (`tests/test_pdf.py`).
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from discgen.form.files import form_names
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.publish.build import publish
from tests.conformance import complaints, elements, gaps, misplaced, ragged, second_opinion, violations
from tests.conftest import Demo
from tests.laid_out import pdf_of
from tests.tables.test_forms import ALL, NOTHING, document, set_in_html

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


def assert_conforms(pdf: Path) -> None:
    assert violations(pdf) == []
    tree = elements(PdfReader(pdf))
    assert misplaced(tree) == []
    assert gaps(tree) == []
    assert ragged(tree) == []
    assert second_opinion(pdf) == []
    assert complaints(pdf, pdf.with_name("copy.pdf")) == []


@pytest.mark.parametrize(
    "target",
    [
        Target("_example-all", 2024, "budget"),
        Target("_example-all", 2025, "budget"),
        Target("_example-all", 2025, "accounts"),
        Target("_example-joined", 2024, "budget"),
    ],
    ids=str,
)
def test_an_example_conforms(target: Target, tmp_path: Path) -> None:
    for folder in (ROOT / "departments").glob("_example-*"):  # one is merged from the other
        shutil.copytree(folder, tmp_path / "departments" / folder.name)
    published = publish(Workspace(tmp_path), target)
    assert published.path
    assert_conforms(published.path)


def test_a_draft_conforms(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
    published = publish(workspace.workspace, workspace.target, draft=True)
    assert published.path
    assert_conforms(published.path)


def test_a_goal_sheet_that_fits_no_page_conforms(workspace: Demo) -> None:
    indicator = "      - {name: 件数, target: ≥10件}\n"
    workspace.edit(
        "2023/projects/1-store.yaml", indicator, "".join(indicator.replace("件数", f"第{n}类件数") for n in range(160))
    )
    workspace.edit("2023/projects/2-scan.yaml", "summary: 这是概况。", f"summary: {'这是概况。' * 990}")
    published = publish(workspace.workspace, workspace.target)
    assert published.path
    assert_conforms(published.path)


def test_a_report_whose_scores_fit_no_page_conforms(accounts: Demo) -> None:
    accounts.add_evaluation()
    indicator = "    - {name: 件数, target: ≥10件, actual: 12, weight: 60, score: 60}\n"
    many = indicator.replace("60", "1").replace("}", f", deviation: {'这是原因' * 20}}}")
    accounts.edit(
        "2023/evaluations/1-store.yaml", indicator, "".join(many.replace("件数", f"第{n}类件数") for n in range(60))
    )
    published = publish(accounts.workspace, accounts.target)
    assert published.path
    assert_conforms(published.path)


@pytest.mark.parametrize("name", form_names())
def test_tables_conform_with_nothing_and_with_all_in_them(name: str) -> None:
    for amounts in (NOTHING, ALL):
        assert violations(pdf_of(set_in_html(document(name, amounts)))) == []
