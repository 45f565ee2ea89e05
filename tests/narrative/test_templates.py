"""A slip in a form's template is told with its file and line, and is no bug of the program."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from jinja2 import Undefined
from msgspec.structs import replace

from discgen.cli import cli
from discgen.form.files import FormTexts
from discgen.form.form import load_form
from discgen.gather import basis
from discgen.narrative.blocks import Paragraph
from discgen.validate.shipped import ShippedDataError
from tests.conftest import Demo

MINE = "templates/forms/mine/narrative/situation/income.md.j2"


class Author:
    """A form's author, who writes one template of a form otherwise than its parent."""

    def __init__(self, demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
        self.demo = demo
        self._monkeypatch = monkeypatch

    def writes(self, template: str) -> None:
        parent = load_form("shanxi-budget-2023")
        folder, _, name = MINE.partition("/narrative/")
        form = replace(parent, layers=(FormTexts("mine", folder, {f"narrative/{name}": template}), *parent.layers))
        self._monkeypatch.setattr(basis, "load_form", lambda *_: form)


@pytest.fixture
def author(workspace: Demo, monkeypatch: pytest.MonkeyPatch) -> Author:
    return Author(workspace, monkeypatch)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("收入{{ incme.total | amount }}。", "1 没有“incme”这个名称 是不是“income”？"),
        ("## 收入\n{{ income.totl | amount }}。", "2 没有“totl”这一项 是不是“total”？"),
        ("{% if zzzzzz %}有{% endif %}", "1 没有“zzzzzz”这个名称"),
        ("{{ wording.subjct }}", "1 没有“subjct”这一项 是不是“subject”？"),
        ("## 收入\n\n{{ income.total | amont }}", "3 没有“amont”这种写法 是不是“amount”？"),
        ("{{ '有' if income.total is chnged }}", "1 没有“chnged”这种写法 是不是“changed”？"),
        ("{% if year %}\n{% if year > 0 %}{{ year\n| amont }}{% endif %}{% endif %}", "3 没有“amont”这种写法"),
        ("{% for one in zzzzzz %}{% endfor %}", "1 没有“zzzzzz”这个名称"),
        ("{% if year %}\n有", "2 模板读到这里读不下去："),
        ("收入{{ income | amount }}", "1 写法不能用在这里："),
        ('收入{{ income.total | amount("large") }}', "1 没有叫“large”的写法或说法"),
        ("收入{{ income.total }}", "1 花括号里的“收入总计”没有说怎样印，数要写成{{ … | amount }}"),
        ("收入{{ income }}", "1 花括号里的一组数没有说怎样印"),
        ("\n{{ '甲' * 999999999 }}", "2 模板里不能算“*”，要印的数在facts.yaml里取名"),
        ("{{ 9 ** 9 ** 9 }}", "1 模板里不能算“**”"),
        ("{{ '%999999999d' % year }}", "1 模板里不能算“%”"),
        ("{{ '甲'.ljust(999999999) }}", "1 没有“ljust”这一项"),
        ("{{ '{:>999999999}'.format(year) }}", "1 没有“format”这一项"),
        ("{{ year | center(999999999) }}", "1 没有“center”这种写法"),
        ("{% for one in range(999999999) %}{% endfor %}", "1 没有“range”这个名称"),
        (
            '\n{% include "situation/incme.md.j2" %}',
            "2 表式“shanxi-budget-2023”和它的上级里没有模板situation/incme.md.j2",
        ),
    ],
)
def test_a_slip_in_a_template_is_told_with_its_line(author: Author, template: str, said: str) -> None:
    author.writes(template)
    with pytest.raises(ShippedDataError) as trouble:
        author.demo.compose()
    assert str(trouble.value).startswith(f"{MINE}:{said}")


def test_a_line_that_comes_to_nothing_does_not_end_a_paragraph(author: Author) -> None:
    author.writes(
        "## 收入\n收入\n{% if year == 0 %}没有{% endif %}\n{% if year %}\n合计\n{% endif %}。\n\n又一段{% if year %}。{% endif %}\n## 节"
    )
    texts = [block.text for block in author.demo.document().text.blocks if isinstance(block, Paragraph)]
    assert texts[texts.index("收入合计。") + 1] == "又一段。"


def test_what_jinja_says_of_an_unknown_name_is_not_read(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Undefined, "_undefined_message", "said otherwise by the next release")
    author.writes("{% for one in incme.general %}{{ one }}{% endfor %}")
    with pytest.raises(ShippedDataError, match=r"1 没有“incme”这个名称 是不是“income”？$"):
        author.demo.compose()


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("!tabels", "模板写了“!tabels”，没有这种图表"),
        ("!chart general.by_clas 结构图", "模板写了“!chart general.by_clas 结构图”，没有“general.by_clas”这一组数"),
    ],
)
def test_a_figure_that_there_is_not_is_told(author: Author, template: str, said: str) -> None:
    author.writes(template)
    with pytest.raises(ShippedDataError, match=f"^{said}"):
        author.demo.compose()


def test_a_part_without_a_template_is_told(workspace: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    form = replace(load_form("shanxi-budget-2023"), parts=("overveiw",))
    monkeypatch.setattr(basis, "load_form", lambda *_: form)
    with pytest.raises(ShippedDataError, match=r"^表式“shanxi-budget-2023”和它的上级里没有模板overveiw\.md\.j2$"):
        workspace.compose()


def test_the_command_says_so_and_ends_as_one_that_cannot_be_met(author: Author) -> None:
    author.writes("收入{{ incme.total | amount }}。")
    done = CliRunner().invoke(cli, ["check", "-C", str(author.demo.workspace.root)])
    assert done.exit_code == 2
    assert done.stderr.endswith(f"错误：{MINE}:1 没有“incme”这个名称 是不是“income”？\n")
