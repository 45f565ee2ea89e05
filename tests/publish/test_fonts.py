"""Characters that no font has are told once for each script, in Chinese, where they are written, with a font to install."""

from __future__ import annotations

from discgen.diagnostics import Place
from discgen.publish.fonts import without_font
from discgen.yamltext.read import read_yaml
from discgen.yamltext.tree import Tree

FORM = Place("budget.yaml", 3)


def tree(text: str) -> Tree:
    read, findings = read_yaml(text.encode(), "narrative.yaml")
    assert findings == []
    assert read is not None
    return read


def test_a_script_is_told_once_with_its_signs_its_places_and_a_font() -> None:
    file = tree("a: 用ꀀꀁ文\nb: ꀁꀂ\nc: 没有\nd: ꀀ\ne: ꀀ\n")
    (found,) = without_font(frozenset("ꀀꀁꀂ"), [file], FORM)
    assert found.code == "F001"
    assert str(found.place) == "narrative.yaml:1:5"
    assert found.message == (
        "本机的字体里没有彝文“ꀀ”U+A000、“ꀁ”U+A001、“ꀂ”U+A002；还在narrative.yaml:2:4、narrative.yaml:4:4"
    )
    assert found.hint == "装上Noto Sans Yi再编（Debian、Ubuntu的软件包fonts-noto-core），或换成别的字"


def test_each_script_has_a_finding_of_its_own() -> None:
    file = tree("a: 西藏བོད་\nb: 蒙古ᠮᠣᠩ\nc: 𪚥\n")
    found = without_font(frozenset("བོད་ᠮᠣᠩ𪚥"), [file], FORM)
    assert [(one.message[8:11], one.place.line) for one in found] == [("生僻汉", 3), ("蒙古文", 2), ("藏文“", 1)]
    assert ["Noto Serif Tibetan" in one.hint for one in found] == [False, False, True]


def test_of_many_signs_the_first_are_named_and_the_rest_is_counted() -> None:
    signs = "".join(chr(0xA000 + at) for at in range(12))
    (found,) = without_font(frozenset(signs), [tree(f"a: {signs}\n")], FORM)
    assert found.message.endswith("“ꀄ”U+A004等12个字")


def test_a_character_that_no_file_has_is_told_at_the_form() -> None:
    (found,) = without_font(frozenset("\U00012000"), [tree("a: 甲\n")], FORM)
    assert found.place == FORM
    assert found.hint == "换一个常用字，或装上有这个字的字体"


def test_a_machine_without_any_chinese_font_is_told_once() -> None:
    place = Place("departments/demo/2023/budget.yaml")
    (found,) = without_font(frozenset("示范市2023年部门预算，。"), [], place)
    assert (found.code, found.place) == ("F002", place)
    assert "fonts-noto-cjk" in found.hint
