"""Where a character of a text stands in the file, however the text is laid out."""

from __future__ import annotations

import pytest

from discgen.model.prose import place_within
from discgen.yamltext.read import read_yaml


def column_of(yaml: str, word: str, path: tuple[str | int, ...] = ("a",)) -> tuple[int, int]:
    """Line and column of a word of the text at `path`, as the reader sees the text."""
    tree, findings = read_yaml(yaml.encode(), "b.yaml")
    assert tree is not None
    assert findings == []
    text = tree.root
    for step in path:
        text = text[step]  # type: ignore[index]
    assert isinstance(text, str)
    place = place_within(tree, tree.place(path), text, text.index(word))
    assert place.path == path
    return place.line, place.column


@pytest.mark.parametrize(
    ("yaml", "place"),
    [
        ("a: 甲乙丙错字丁\n", (1, 7)),
        ('a: "甲乙丙错字丁"\n', (1, 8)),
        ("a: '甲乙 丙错字丁'\n", (1, 9)),
        ("a: 甲乙\n  丙错字丁\n", (2, 4)),
        ("a: |\n  甲乙\n  丙错字丁\n", (3, 4)),
        ("a: >-\n  甲乙\n\n  丙错字丁\n", (4, 4)),
        ("a:\n  甲乙\n  丙错字丁\n", (3, 4)),
        ("a: 𠀀𠀁错字\n", (1, 6)),
        ("\ufeffa: 甲错字\n", (1, 5)),
        ("a: 甲错字\r\nb: 1\r\n", (1, 5)),
    ],
)
def test_a_word_is_found_where_it_is_written(yaml: str, place: tuple[int, int]) -> None:
    assert column_of(yaml, "错字") == place


def test_a_blank_stands_after_the_sign_before_it() -> None:
    assert column_of("a: 甲乙 丙\n", " ") == (1, 6)


def test_a_text_with_escapes_is_shown_from_its_beginning() -> None:
    assert column_of('a: "\\u7532错字"\n', "错字") == (1, 4)


def test_an_item_of_a_list_is_found_too() -> None:
    assert column_of("a:\n  - 甲\n  - {b: 丙错字}\n", "错字", ("a", 1, "b")) == (3, 10)
