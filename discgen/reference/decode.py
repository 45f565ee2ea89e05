"""From a located tree that is as its schema asks to frozen structs of msgspec, by their type hints.

Scalars of a tree are text: a field of type `int`, `Decimal`, `bool` or an enumeration is read from it. A field is
written under its own name and keeps its default where it is not written; `Annotated` says what is otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

from discgen.diagnostics import DocumentPath, Place, show_path
from discgen.yamltext.tree import Tree

T = TypeVar("T")
_Reader = Callable[[Any, DocumentPath, Tree], Any]
"""Reads what is written at a path of a tree."""


class Key(Struct, frozen=True):
    """The field is written under another key."""

    name: str


class OwnKey(Struct, frozen=True):
    """The field is the key under which the mapping itself stands."""

    def read(self, _: Any, path: DocumentPath, __: Tree) -> Any:
        """The key."""
        return path[-1]


class Read(Struct, frozen=True):
    """The field is what a function makes of what is written; with `whole`, of the whole mapping."""

    function: Callable[[Any], Any]
    whole: bool = False


class PlaceOf(Struct, frozen=True):
    """The field is the place of the first of these keys that is written, else that of the mapping."""

    keys: tuple[str, ...]

    def read(self, value: Any, path: DocumentPath, tree: Tree) -> Place:
        """The place."""
        return tree.place((*path, next((key for key in self.keys if key in value), "")))


def decode(kind: type[T], tree: Tree, **given: Any) -> T:
    """The root of a tree as a struct; `given` are fields that the tree does not hold.

    Raises KeyError, TypeError or ValueError for a tree that is not as the type asks, which its schema should have said.
    """
    decoded: T = _Record(kind).read(tree.root, (), tree, given)
    return decoded


def decode_mapping(kind: type[T], tree: Tree, *keys: str) -> dict[str, T]:
    """The mapping below the keys, each of its values as a struct."""
    node: Any = tree.root
    hint: Any = kind
    for key in keys:
        node = node[key]
    read: _Reader = _reader(hint)
    return {name: read(value, (*keys, name), tree) for name, value in node.items()}


class _Record:
    """Reads one struct. Its fields are looked at when the first is read, since a type may hold others of its own."""

    def __init__(self, kind: Any) -> None:
        self._kind = kind

    def __call__(self, value: Any, path: DocumentPath, tree: Tree) -> Any:
        return self.read(value, path, tree, {})

    def read(self, value: Any, path: DocumentPath, tree: Tree, given: Mapping[str, Any]) -> Any:
        """The struct that is written at a path."""
        by_key, whole = _fields(self._kind)
        read = {name: reader(value, path, tree) for name, reader in whole if name not in given}
        for key, written in value.items():
            if key in by_key:
                name, reader = by_key[key]
                if name not in given:
                    read[name] = reader(written, (*path, key), tree)
        return self._kind(**read, **given)


@cache
def _fields(kind: Any) -> tuple[Mapping[str, tuple[str, _Reader]], Sequence[tuple[str, _Reader]]]:
    """The fields of a struct with their readers: by the key that each is written under, and those read off the whole."""
    by_key: dict[str, tuple[str, _Reader]] = {}
    whole: list[tuple[str, _Reader]] = []
    hints = get_type_hints(kind, include_extras=True)
    for name in kind.__struct_fields__:
        marks = getattr(hints[name], "__metadata__", ())
        of_whole = next((mark for mark in marks if isinstance(mark, OwnKey | PlaceOf)), None)
        if of_whole is not None:
            whole.append((name, of_whole.read))
        elif any(isinstance(mark, Read) and mark.whole for mark in marks):
            whole.append((name, _reader(hints[name])))
        else:
            by_key[next((mark.name for mark in marks if isinstance(mark, Key)), name)] = name, _reader(hints[name])
    return by_key, whole


@cache
def _reader(hint: Any) -> _Reader:
    """The reader of a type."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        function = next((mark.function for mark in args[1:] if isinstance(mark, Read)), None)
        return (lambda value, _, __: function(value)) if function else _reader(args[0])
    if origin in (Union, UnionType):
        return _optional_reader(_reader(next(arg for arg in args if arg is not type(None))))
    if origin is tuple:
        return _tuple_reader(args[0])
    if origin is Mapping:
        return _mapping_reader(*args)
    if isinstance(hint, type) and issubclass(hint, Struct):
        return _Record(hint)
    return _scalar_reader(hint)


def _optional_reader(read: _Reader) -> _Reader:
    return lambda value, path, tree: None if value is None else read(value, path, tree)


def _tuple_reader(item: Any) -> _Reader:
    if item is str:
        return lambda value, _, __: tuple(value)
    read = _reader(item)
    return lambda value, path, tree: tuple(read(element, (*path, at), tree) for at, element in enumerate(value))


def _mapping_reader(key: Any, item: Any) -> _Reader:
    if key is item is str:
        return lambda value, _, __: value
    read_key, read = _reader(key), _reader(item)
    return lambda value, path, tree: {
        read_key(name, path, tree): read(element, (*path, name), tree) for name, element in value.items()
    }


def _scalar_reader(kind: Any) -> _Reader:
    if kind is str:
        return lambda value, _, __: value
    if kind is bool:
        return lambda value, _, __: value == "true"
    if issubclass(kind, int | Decimal | Enum):
        return lambda value, _, __: kind(value)
    return _no_reader


def _no_reader(_: Any, path: DocumentPath, __: Tree) -> Any:
    """For a field that is only ever given."""
    raise TypeError(f"nothing says how {show_path(path)} is written")
