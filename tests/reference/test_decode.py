from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pytest
from msgspec import Struct, field

from discgen.diagnostics import Place
from discgen.reference.decode import Key, OwnKey, PlaceOf, Read, decode, decode_mapping
from discgen.yamltext.read import read_yaml
from discgen.yamltext.tree import Tree

NOWHERE = Place("")


class Colour(StrEnum):
    RED = "red"


class Part(Struct, frozen=True):
    name: Annotated[str, OwnKey()]
    below: tuple[Part, ...] = ()
    place: Annotated[Place, PlaceOf(("sum", "colour"))] = NOWHERE
    colour: Colour = Colour.RED


class Whole(Struct, frozen=True):
    name: str
    count: int
    share: Decimal
    is_open: Annotated[bool, Key("open")]
    words: tuple[str, ...] = ()
    colours: tuple[Colour, ...] = (Colour.RED,)
    parts: Mapping[str, Part] = field(default_factory=dict)
    by_colour: Mapping[Colour, Decimal] = field(default_factory=dict)
    least: Decimal | None = None
    letters: Annotated[int, Key("text"), Read(len)] = 0
    both: Annotated[str, Read(lambda data: data["count"] + data["share"], whole=True)] = ""


def tree_of(text: str) -> Tree:
    tree, findings = read_yaml(text.encode(), "made.yaml")
    assert tree is not None, findings
    return tree


def test_scalars_are_read_by_the_type_of_their_field() -> None:
    whole = decode(Whole, tree_of("{name: '026', count: 3, share: 1.50, open: true, colours: [red, red]}"))
    assert (whole.name, whole.count, whole.share, whole.is_open) == ("026", 3, Decimal("1.50"), True)
    assert whole.colours == (Colour.RED, Colour.RED)


def test_a_field_that_is_not_written_keeps_its_default() -> None:
    whole = decode(Whole, tree_of("{name: x, count: 3, share: 1, open: false}"))
    assert (whole.is_open, whole.words, whole.parts, whole.least, whole.letters) == (False, (), {}, None, 0)


def test_a_field_may_be_made_of_what_is_written_by_a_function() -> None:
    whole = decode(Whole, tree_of("{name: x, count: 3, share: 1, open: true, text: four}"))
    assert (whole.letters, whole.both) == (4, "31")


def test_mappings_are_read_by_the_types_of_their_keys_and_values() -> None:
    whole = decode(Whole, tree_of("{name: x, count: 3, share: 1, open: true, by_colour: {red: 2.5}, least: 0}"))
    assert whole.by_colour == {Colour.RED: Decimal("2.5")}
    assert whole.least == Decimal(0)


def test_structs_are_read_at_any_depth_with_their_keys_and_places() -> None:
    text = "name: x\ncount: 1\nshare: 1\nopen: true\nparts:\n  first:\n    below:\n      - {colour: red}\n    colour: red\n"
    part = decode(Whole, tree_of(text)).parts["first"]
    assert (part.name, part.place.line, part.below[0].place.line) == ("first", 9, 8)


def test_without_the_keys_that_have_its_place_the_mapping_itself_has() -> None:
    part = decode_mapping(Part, tree_of("parts:\n  first:\n    below: []\n"), "parts")["first"]
    assert part.place.path == ("parts", "first")


def test_what_is_given_is_not_read() -> None:
    whole = decode(Whole, tree_of("{name: x, count: none, share: 1, open: true}"), count=7, both="")
    assert whole.count == 7


def test_a_value_that_an_enumeration_lacks_is_an_error() -> None:
    with pytest.raises(ValueError, match="blue"):
        decode(Whole, tree_of("{name: x, count: 3, share: 1, open: true, colours: [blue]}"))


class Unreadable(Struct, frozen=True):
    folder: Path


def test_a_type_that_nothing_says_how_to_read_can_only_be_given() -> None:
    assert decode(Unreadable, tree_of("{}"), folder=Path("x")).folder == Path("x")
    with pytest.raises(TypeError, match="folder"):
        decode(Unreadable, tree_of("{folder: x}"))
