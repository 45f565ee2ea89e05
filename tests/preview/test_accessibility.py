"""What a browser shows, held to axe-core: the preview in its states, the start page, and a comparison as HTML."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from discgen.compare.as_html import as_html
from discgen.compare.change import Comparison
from discgen.compare.run import compare_pairs
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from tests.compare.made import compared, copy_of
from tests.conftest import Demo
from tests.preview.conftest import Served
from tests.readback import ROOT

AXE = Path(__file__).parent / "node_modules/axe-core/axe.min.js"

NARROW = 390

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not AXE.exists(), reason="no axe-core: npm ci in tests/preview"),
]


def found(page: Page) -> list[str]:
    """What axe finds on a wide and on a narrow screen: the rule, and the elements that break it."""
    broken: list[str] = []
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for width in (1400, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        broken += page.evaluate(
            """async () => (await axe.run()).violations.map(
                (one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`)"""
        )
    return broken


def test_a_document_in_order(page: Page) -> None:
    assert found(page) == []


def test_a_dark_room(page: Page, served: Served) -> None:
    page.emulate_media(color_scheme="dark")
    page.locator(".paper .n", has_text="%").first.click()
    expect(page.locator("#number")).to_be_visible()
    served.demo.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
    expect(page.locator("#fresh")).to_be_visible()
    assert found(page) == []
    page.locator("#fresh button").click()
    assert found(page) == []


def test_colours_of_the_readers_choice(page: Page, served: Served) -> None:
    page.emulate_media(forced_colors="active")
    served.demo.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
    page.locator(".finding > button").first.click()
    assert found(page) == []


def test_findings_and_the_line_of_one(page: Page, served: Served) -> None:
    served.demo.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
    page.locator(".finding > button").first.click()
    expect(page.locator(".finding.current")).to_have_count(1)
    assert found(page) == []


def test_where_a_number_comes_from(page: Page) -> None:
    page.locator(".paper .n", has_text="%").first.click()
    expect(page.locator("#number")).to_be_visible()
    assert found(page) == []


def test_broken_yaml_over_the_last_good_page(page: Page, served: Served) -> None:
    served.demo.edit("2023/budget.yaml", "amount: 100}", "amount: 100")
    expect(page.locator("#old")).to_be_visible()
    expect(page.locator(".finding")).to_have_count(1)
    assert found(page) == []


def test_broken_yaml_and_nothing_to_show(context: BrowserContext, served: Served) -> None:
    served.demo.edit("2023/budget.yaml", "amount: 100}", "amount: 100")
    page = context.new_page()
    page.goto(served.document)
    expect(page.locator(".finding")).to_have_count(1)
    assert found(page) == []


def test_the_start_page(context: BrowserContext, served: Served) -> None:
    page = context.new_page()
    page.goto(served.root)
    expect(page.get_by_role("row")).to_have_count(2)
    assert found(page) == []


def test_accounts_with_a_report(accounts: Demo, page: Page) -> None:
    accounts.add_evaluation()
    expect(page.locator(".evaluation")).to_be_visible()
    assert found(page) == []


def test_a_comparison(context: BrowserContext, workspace: Demo, tmp_path: Path) -> None:
    other = copy_of(workspace, tmp_path / "other")
    other.edit("2023/budget.yaml", "2010301, basic: 61,", "2010301, basic: 62.5,")
    other.edit("2023/narrative.yaml", "three_public: 压缩用车", "three_public: 减少用车")
    (other.folder / "2023/projects/2-scan.yaml").unlink()
    gone = Comparison("demo/2022", "demo/2022", notes=("删去了这份文件：13张表",))
    page = context.new_page()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for comparisons in ([], [compared(workspace, other), gone]):
            page.set_content(as_html(comparisons))
            assert found(page) == []


def test_a_comparison_of_years_is_found_through_by_its_contents(context: BrowserContext) -> None:
    workspace = Workspace(ROOT)
    years = [(workspace, Target("lvliang-xzsp", year, "budget")) for year in (2023, 2024)]
    page = context.new_page()
    page.set_content(as_html(list(compare_pairs([(years[0], years[1])]))))
    assert found(page) == []
    page.get_by_role("navigation", name="目录").get_by_role("link", name="文字说明").first.click()
    expect(page.get_by_role("heading", name="文字说明")).to_be_in_viewport()
    # What is wider than a narrow screen is scrolled by itself, by keyboard too; the page is not.
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW
    page.get_by_role("region", name="文字说明").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")
