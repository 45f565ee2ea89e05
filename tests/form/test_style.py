"""A form's style sheet: other paper for its tables, to which amounts are fitted, and nothing fetched."""

from __future__ import annotations

from pathlib import Path

import pytest

from discgen.form.check_style import wrong_style
from discgen.form.form import load_form
from discgen.load.own_files import own_files
from discgen.preview.page import paper_styles
from discgen.render.html import render_html
from discgen.view.page import view_document
from discgen.view.paper import TABLE_WIDTHS, table_widths
from discgen.view.table import TableView
from tests.conftest import Demo
from tests.forms import PARENT

A3 = "@page landscape { size: A3 landscape }\n"


def points(millimetres: float) -> float:
    return millimetres * 72 / 25.4


def test_what_is_known_of_the_shipped_style_sheet_is_what_it_says() -> None:
    read = table_widths(("",))
    assert {name: round(width) for name, width in read.items()} == {name: round(w) for name, w in TABLE_WIDTHS.items()}


@pytest.mark.parametrize(
    ("style", "widths"),
    [
        (A3, (174, 384)),
        ("@page landscape { size: A3 landscape; margin: 15mm 20mm }", (174, 380)),
        ("@page portrait, landscape { margin-left: 28mm }", (164, 251)),
        ("@page portrait { size: 260mm 370mm }", (224, 261)),
        ("@page portrait { size: B4 landscape }", (317, 261)),
        ("@page portrait { margin: 1mm 2mm 3mm 4mm 5mm }", (204, 261)),
    ],
)
def test_tables_are_as_wide_as_the_paper_of_the_style_sheet(style: str, widths: tuple[float, float]) -> None:
    read = table_widths((style,))
    assert (read["portrait"], read["landscape"]) == pytest.approx(tuple(map(points, widths)), abs=0.1)


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("p { color: red", []),
        (".cover h1 { color: #333 }\n.line-3 { margin-top: 2mm }\n", []),
        ('.cover { background: url("data:image/png;base64,AA==") }', []),
        ("p color: red }", ["1:14 样式读到这里读不下去"]),
        ("p { color }", ["1:10 样式读到这里读不下去"]),
        ('@import "other.css";', ["1:1 样式里不能用@import"]),
        ("@font-face { src: url(x.ttf) }", ["1:1 样式里不能用@font-face"]),
        ("p {\n  background: url(/etc/passwd) }", ["2:3 样式不能引用别的文件"]),
        ('p { background: url("file:///etc/passwd") }', ["1:5 样式不能引用别的文件"]),
        ("p { background: image-set(url(x.png) 1x) }", ["1:5 样式不能引用别的文件"]),
        ("p {}\n</style><script>", ["2:1 样式里不能有“</”", "2:16 样式读到这里读不下去"]),
        ("@page { size: A3 }", ["1:1 @page的纸不能换"]),
        ("@page goal { size: A3 }", ["1:1 @page goal的纸不能换"]),
        ("@page landscape { size: A9 }", ["1:19 纸张不认识"]),
        ("@page landscape { color: red }", ["1:19 @page里不能写color"]),
        ("@page landscape { @top-left { content: 'x' } }", ["1:19 @page里不能写top-left"]),
    ],
)
def test_a_style_sheet_keeps_to_what_can_be_followed(style: str, said: list[str]) -> None:
    found = [f"{one.place.line}:{one.place.column} {one.message}" for one in wrong_style(style, "style.css")]
    assert found == said


@pytest.fixture
def styled(workspace: Demo) -> Path:
    """The folder of a form that the department uses."""
    folder = workspace.workspace.root / "forms" / "putuo"
    folder.mkdir(parents=True)
    (folder / "form.yaml").write_text(f"title: 普陀\nparent: {PARENT}\n", encoding="utf-8")
    workspace.edit("2023/budget.yaml", f"form: {PARENT}", "form: putuo")
    return folder


def test_a_form_brings_its_style_behind_the_shipped_one(workspace: Demo, styled: Path) -> None:
    (styled / "style.css").write_text(".cover h1 { color: #123456 }\n", encoding="utf-8")
    html = render_html(view_document(workspace.document()))
    assert html.index("@page landscape") < html.index(".cover h1 { color: #123456 }") < html.index("</style>")


def test_amounts_are_fitted_to_the_paper_of_the_form(workspace: Demo, styled: Path) -> None:
    tables = styled / "tables"
    tables.mkdir()
    columns = "".join(f"      - {{key: c{n}, label: 金额, width: 1}}\n" for n in range(22))
    (tables / "income.yaml").write_text(
        f"title: 表\norientation: landscape\nblocks:\n  - source: income\n    columns:\n{columns}    rows: [{{id: total}}]\n",
        encoding="utf-8",
    )
    workspace.edit("2023/budget.yaml", "amount: 100}", "amount: 98765432100}")

    def size() -> float | None:
        view = view_document(workspace.compose().document or pytest.fail("no document"))
        pieces = [piece for section in view.sections for piece in section.pieces]
        return next(piece.amount_size for piece in pieces if isinstance(piece, TableView))

    (styled / "form.yaml").write_text(f"title: 普陀\nparent: {PARENT}\ntables: [income]\ntable_titles: {{}}\n", "utf-8")
    narrow = size()
    (styled / "style.css").write_text(A3, encoding="utf-8")
    assert narrow is not None
    assert size() == pytest.approx(narrow * (384 / 22 - 2.3) / (261 / 22 - 2.3), abs=0.2)


def test_the_preview_shows_the_paper_of_the_form() -> None:
    styles = paper_styles(A3)
    assert f".paper.landscape {{ width: {points(420):g}pt }}" in styles
    assert A3.strip() in styles.partition(".paper {")[0]
    assert ".paper.landscape { width: 297mm" in paper_styles()


def test_what_is_wrong_in_it_is_told_in_the_form(workspace: Demo, styled: Path) -> None:
    (styled / "style.css").write_text("p { background: url(x) }\n", encoding="utf-8")
    assert [f"{one.place} {one.code}" for one in workspace.compose().findings] == ["forms/putuo/style.css:1:5 M025"]


def test_a_parents_style_comes_before_the_childs(workspace: Demo, styled: Path) -> None:
    (styled / "style.css").write_text(A3, encoding="utf-8")
    (styled.parent / "child").mkdir()
    (styled.parent / "child/form.yaml").write_text("title: 子\nparent: putuo\n", encoding="utf-8")
    (styled.parent / "child/style.css").write_text("p { color: red }\n", encoding="utf-8")
    assert load_form("child", own_files(workspace.workspace)).styles == (A3, "p { color: red }\n")
