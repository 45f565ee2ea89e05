"""The two examples of a code: `schema/rules/<code>/bad.yaml`, in which it is found, and `good.yaml`, in which it no longer is.

Each says the one change that it makes: the bad one to the department in `schema/rules/base/`, the good one to what
the bad one left. `schema/example.schema.json` has the ways to change a file. The rest of a file stays as it is
written, so that an example is shown, and checked, as a clerk would have it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from discgen.diagnostics import DocumentPath
from discgen.fmt.writing import write
from discgen.model.waiver import find_named
from discgen.reference.folders import cache_shipped, data_folder
from discgen.validate.shipped import read_shipped_tree
from discgen.yamltext.compose import compose
from discgen.yamltext.nodes import Collection, Document, TextNode, entry_at, node_at
from discgen.yamltext.read import examine_text
from discgen.yamltext.remarks import place_remarks

_MARGIN = re.compile(r"^(?=\S)", re.MULTILINE)
_KEY = re.compile(r"[a-z_]+")
_ESCAPE = re.compile(r"\\u([0-9A-F]{4})")
"""A character that no file of this program may hold, by its number."""


class Example(Struct, frozen=True):
    """What an example is about, and the files it leaves, by their paths below the department's folder.

    Those below `templates/` are the program's. `named` are the keys at the margin of each file that the example names,
    and the example that it goes on from.
    """

    about: str
    files: Mapping[str, str]
    named: Mapping[str, tuple[str, ...]]

    @property
    def shown(self) -> dict[str, str]:
        """The parts of files that the example is about: whole ones that the base does not have, else the keys it names."""
        return {name: self._shown_of(name) for name in self.named if name in self.files}

    def _shown_of(self, name: str) -> str:
        if name not in base_files():
            return self.files[name].rstrip("\n")
        parts = _parts(self.files[name])
        there = [part for key, part in parts.items() if key in self.named[name]]
        gone = [f"# 不写{key}\n" for key in self.named[name] if key not in parts and _KEY.fullmatch(key)]
        return "".join([*there, *gone]).rstrip("\n")


def read_examples(code: str) -> tuple[Example, ...]:
    """The bad example of a code and the good one; nothing for a code without examples."""
    if not (data_folder("schema") / "rules" / code / "bad.yaml").is_file():
        return ()
    bad = _read(f"rules/{code}/bad.yaml", Example("", base_files(), {}))
    return bad, _read(f"rules/{code}/good.yaml", bad)


@cache_shipped
def base_files() -> Mapping[str, str]:
    """The files of the department that the examples change, by their paths below its folder."""
    folder = data_folder("schema") / "rules" / "base"
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.yaml"))
    }


def _read(file: str, before: Example) -> Example:
    """The example in a file below `schema/`, which goes on from another; its changes are made in the order it has them."""
    schema = data_folder("schema")
    example: Any = read_shipped_tree(schema, file, "example").root
    written = _compose((schema / file).read_text(encoding="utf-8"))
    about = example.pop("about")
    files, named = dict(before.files), dict(before.named)
    for way, changes in example.items():
        for name, change in changes.items():
            old = files.pop(name, "")
            if way != "files":
                files[name] = _WAYS[way](old, change, _value(written, (way, name)))
            elif change is not None:
                files[name] = change
            keys = _named(way, change, _parts(old), _parts(files.get(name, "")))
            named[name] = tuple(dict.fromkeys([*named.get(name, ()), *keys]))
    return Example(about, files, named)


def _named(way: str, change: Any, before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The keys at the margin that a change of a file names, or changes without a name."""
    if way in ("files", "text"):
        return [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return [re.split(r"[.\[]", path)[0] for path in change]


def _set(text: str, values: Mapping[str, Any], written: TextNode) -> str:
    """The text with values in the place of others, or under keys that it does not have yet."""
    for path in values:
        root, (*above, last) = _find(text, path)
        holder = _collection(root, above)
        entry = entry_at(holder, (last,))
        if entry is None:
            entry = _compose(f"{last}: ''\n").entries[0]
            holder.entries.append(entry)
        entry.value = _value(written, (path,))
        text = write(root, ())
    return text


def _add(text: str, items: Mapping[str, Any], written: TextNode) -> str:
    """The text with further items at the end of lists."""
    for path in items:
        root, steps = _find(text, path)
        _collection(root, steps).entries += _collection(written, (path,)).entries
        text = write(root, ())
    return text


def _drop(text: str, paths: list[str], _written: TextNode) -> str:
    """The text without some keys or items."""
    for path in paths:
        root, (*above, last) = _find(text, path)
        holder = _collection(root, above)
        holder.entries = [entry for entry in holder.entries if entry is not entry_at(holder, (last,))]
        text = write(root, ())
    return text


def _replace(text: str, pieces: Mapping[str, str], _written: TextNode) -> str:
    """The text with pieces, each of which it has once, replaced as they are written."""
    for old, new in ((_unescaped(old), _unescaped(new)) for old, new in pieces.items()):
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in:\n{text}"
        text = text.replace(old, new)
    return text


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


_WAYS: Mapping[str, Callable[[str, Any, TextNode], str]] = {"set": _set, "add": _add, "drop": _drop, "text": _replace}


def _compose(text: str) -> Collection:
    return _with_remarks(compose(text))


def _with_remarks(document: Document) -> Collection:
    place_remarks(document)
    assert isinstance(document.root, Collection), document.text
    return document.root


def _find(text: str, named: str) -> tuple[Collection, DocumentPath]:
    """The root of a text, and the path in it that is `named`."""
    document, tree, findings = examine_text(text, "")
    assert tree is not None, text
    assert not findings, text
    return _with_remarks(document), find_named(tree.root, named)


def _collection(node: TextNode, path: Sequence[str | int]) -> Collection:
    collection = _value(node, path)
    assert isinstance(collection, Collection), path
    return collection


def _value(node: TextNode, path: Sequence[str | int]) -> TextNode:
    value = node_at(node, path)
    assert value is not None, path
    return value


def _parts(text: str) -> dict[str, str]:
    """The text cut before whatever stands at the margin, by the key there."""
    return {part.partition(":")[0].rstrip("\n"): part for part in _MARGIN.split(text) if part}
