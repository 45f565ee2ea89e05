"""What the page knows of its elements, and that paper knows nothing of it."""

from __future__ import annotations

import re

import pytest

from discgen.check.listing import lines_of
from discgen.diagnostics import Place
from discgen.preview.editor import Editor
from discgen.preview.page import Page, make_page
from discgen.preview.panel import Sources, view_number
from discgen.render.html import render_html
from discgen.view.page import view_document
from tests.conftest import Demo


def page_of(demo: Demo) -> Page:
    return make_page(demo.document(), lines_of(demo.workspace))


def html_of(page: Page) -> str:
    return "".join(paper.html for paper in page.papers)


def test_paper_bears_no_marks(workspace: Demo) -> None:
    html = render_html(view_document(workspace.document()))
    assert "data-at" not in html
    assert 'class="n"' not in html
    assert 'class="written"' not in html


def test_the_page_says_what_the_paper_says(workspace: Demo) -> None:
    def words(html: str) -> str:
        return re.sub(r"\s", "", re.sub(r"<[^>]*>", "", html))

    printed = render_html(view_document(workspace.document()))
    assert words(html_of(page_of(workspace))) == words(printed[printed.index("<body>") :])


def test_no_two_elements_have_the_same_key(workspace: Demo) -> None:
    page = page_of(workspace)
    keys = [key for key in re.findall(r'data-at="([^"]*)"', html_of(page)) if not re.search(r"/w(~\d+)?$", key)]
    assert len(keys) > 100
    assert len(set(keys)) == len(keys)


def test_every_amount_of_the_tables_can_be_pressed(workspace: Demo) -> None:
    document = workspace.document()
    numbers = make_page(document, lines_of(workspace.workspace)).numbers
    pressed = {id(shown.printed) for shown in numbers.values()}
    cells = [cell for table in document.tables for cell in table.amounts() if cell.text]
    assert len(cells) > 50
    assert all(id(cell) in pressed for cell in cells)


def test_an_amount_of_a_goal_sheet_leads_to_its_file(workspace: Demo) -> None:
    number = page_of(workspace).numbers["g:1-store/total.annual/n"]
    assert number.text == "270,000"
    assert [str(line.place) for line in number.lines] == ["departments/demo/2023/projects/1-store.yaml:11:21"]


def test_keys_stay_when_something_comes_before(workspace: Demo) -> None:
    before = {spot.key for spot in page_of(workspace).spots}
    workspace.edit("2023/narrative.yaml", "    - 收集和保管档案。", "    - 收集档案。\n    - 保管档案。")
    after = {spot.key for spot in page_of(workspace).spots}
    assert before <= after


def test_only_papers_that_changed_have_another_digest(workspace: Demo) -> None:
    before = [paper.digest for paper in page_of(workspace).papers]
    workspace.edit("2023/narrative.yaml", "收集和保管档案。", "收集、保管档案。")
    after = [paper.digest for paper in page_of(workspace).papers]
    assert len(before) == len(after)
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


def test_what_an_author_wrote_is_an_element_of_its_own(workspace: Demo) -> None:
    workspace.edit("2023/narrative.yaml", "income: 新增库房项目", "income: 新增{{ income.total | 万元 }}的库房")
    page = page_of(workspace)
    [spot] = [spot for spot in page.spots if any(place.path == ("reasons", "income") for place in spot.places)]
    assert spot.places == (Place("departments/demo/2023/narrative.yaml", 7, 11, ("reasons", "income")),)
    written = re.findall(
        f'<span class="written" data-at="{re.escape(spot.key)}">(.*?)</span>(?!</span>)', html_of(page)
    )
    assert re.sub("<[^>]*>", "", "".join(written)) == "新增100.00万元的库房"


def test_what_stands_in_the_files_is_no_markup(workspace: Demo) -> None:
    workspace.edit("2023/narrative.yaml", "收集和保管档案。", "收集<script>alert(1)</script>档案。")
    html = html_of(page_of(workspace))
    assert "&lt;script&gt;" in html
    assert "<script" not in html


def test_a_part_of_a_report_shows_its_place(accounts: Demo) -> None:
    accounts.add_evaluation()
    spots = {spot.key: spot.places for spot in page_of(accounts).spots}
    file = "departments/demo/2023/evaluations/1-store.yaml"
    assert [str(place) for place in spots["e:1-store/score1"]] == [f"{file}:20:7"]
    assert [str(place) for place in spots["e:1-store/results2"]] == [f"{file}:24:12"]


@pytest.mark.parametrize(
    ("key", "text", "lines"),
    [
        ("e:1-store/spending1/adjusted", "290,000", ["15:67"]),
        ("e:1-store/spending0/executed", "290,000", ["15:85"]),
        ("e:1-store/spending0/rate", "100%", ["15:85", "15:67"]),
        ("e:1-store/spending1/balance", "0", ["15:67", "15:85"]),
    ],
)
def test_a_figure_of_a_report_leads_to_its_file(accounts: Demo, key: str, text: str, lines: list[str]) -> None:
    accounts.add_evaluation()
    number = page_of(accounts).numbers[key]
    assert number.text == text
    file = "departments/demo/2023/evaluations/1-store.yaml"
    assert [str(line.place) for line in number.lines] == [f"{file}:{line}" for line in lines]


@pytest.mark.parametrize(("executed", "told"), [("290000", "100%"), ("100000", "34.482759%"), ("0", "0%")])
def test_a_share_is_told_exactly_without_noughts_at_the_end(accounts: Demo, executed: str, told: str) -> None:
    accounts.add_evaluation()
    accounts.edit("2023/evaluations/1-store.yaml", "executed: 290000", f"executed: {executed}")
    document = accounts.compose().document
    assert document is not None
    page = make_page(document, lines_of(accounts.workspace))
    sources = Sources(accounts.workspace.root, page.line_at, Editor())
    assert view_number("e:1-store/spending0/rate", page, sources).exact == told
