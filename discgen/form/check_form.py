"""What a form says of itself, its ancestors' words taken in: that it is whole, and that all it names is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from discgen.diagnostics import Diagnostic, DocumentPath, Place, did_you_mean, error
from discgen.form.layers import Layers
from discgen.ledger.facts import Catalogue
from discgen.load.tree import Tree
from discgen.validate.library import load_schema

TITLE = "{title}"
"""What stands for the title in a line of the cover."""
_SEPARATOR = "、"
_SLIP = 0.75
"""Names as alike as tabel and table are the same one, misspelt."""

_REQUIRED = (
    *("kind", "document_title", "numbers", "percent", "numbering", "parts", "tables"),
    *("table_label", "table_line", "contents_table", "notes", "phrases"),
)
"""What a form or one of its ancestors must say."""
_REQUIRED_BELOW: Mapping[str, Sequence[str]] = {
    "numbers": ("table", "text"),
    "percent": ("places", "zero"),
    "table_line": ("department", "unit"),
    "notes": ("empty", "tail", "text_tail"),
    "phrases": ("change",),
}
_A_FACT, _A_GROUP = "数（templates/facts.yaml的facts）", "一组数（templates/facts.yaml的groups）"
_A_REASON = "原因（narrative.yaml的reasons）"
_STYLE = ("unit", "places", "thousands", "zero")
_PHRASE = ("increase", "decrease", "unchanged", "no_base")


def wrong_form(tree: Tree, layers: Layers, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """What is wrong with the merged `form.yaml`, each of whose layers is as its schema asks."""
    data: Any = tree.root
    yield from missing(tree, (), data, _REQUIRED)
    for key, below in _REQUIRED_BELOW.items():
        if key in data:
            yield from missing(tree, (key,), data[key], below)
    for section, wanted in (("numbers", _STYLE), ("phrases", _PHRASE)):
        for name, one in data.get(section, {}).items():
            yield from missing(tree, (section, name), one, wanted)
    yield from _misspelt_styles(tree, data)
    yield from _cover(tree, data)
    yield from _repeated(tree, data)
    yield from _without_file(tree, data, layers)
    yield from _without_fact(tree, data, catalogue)


def missing(tree: Tree, path: DocumentPath, data: Mapping[str, Any], wanted: Sequence[str]) -> Iterator[Diagnostic]:
    """M017: what neither the form nor an ancestor says; told at the mapping where it belongs."""
    for key in wanted:
        if key not in data:
            where = ".".join(map(str, path))
            said = f"{where or tree.file.rpartition('/')[2]}没有写{key}，上级也没有"
            yield error("M017", said, tree.key_place(path) if path else tree.place(), f"加上{key}")


def unknown(place: Place, name: str, known: Sequence[str], what: str) -> Iterator[Diagnostic]:
    """M016: a name of what there is not, with those that there are."""
    if name not in known:
        hint = did_you_mean(name, known, f"有：{_SEPARATOR.join(known)}")
        yield error("M016", f"没有叫“{name}”的{what}", place, hint)


def _misspelt_styles(tree: Tree, data: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """M016: a number style whose name is nearly that of one every form has; the tables would be set in the parent's."""
    usual = _REQUIRED_BELOW["numbers"]
    for name in data.get("numbers", {}):
        if name not in usual and name.isalpha() and get_close_matches(name, usual, n=1, cutoff=_SLIP):
            yield from unknown(tree.key_place(("numbers", name)), name, usual, "数字写法（form.yaml的numbers）")


def _cover(tree: Tree, data: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """M017 and M014: a cover has one title."""
    titles = [at for at, line in enumerate(data.get("cover", (TITLE,))) if TITLE in line]
    if not titles:
        yield error("M017", "封面（cover）没有标题", tree.place(("cover",)), f"加上一行：{TITLE}")
    for at in titles[1:]:
        yield error("M014", "封面（cover）的标题写了两次", tree.place(("cover", at)), "删去一行")


def _repeated(tree: Tree, data: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """M014: what is listed twice and printed but once, or would be printed twice."""
    for key in ("parts", "sections", "tables"):
        names = data.get(key, ())
        for at, name in enumerate(names):
            if name in names[:at]:
                yield error("M014", f"{key}里“{name}”写了两次", tree.place((key, at)), "删去一个")


def _without_file(tree: Tree, data: Mapping[str, Any], layers: Layers) -> Iterator[Diagnostic]:
    """M016: tables and templates that neither the form nor an ancestor has a file for."""
    tables, parts, sections = (
        layers.names(folder, ending)
        for folder, ending in (("tables", ".yaml"), ("narrative", ".md.j2"), ("narrative/situation", ".md.j2"))
    )
    for key, known, what in (
        ("tables", tables, "报表（tables/下的文件）"),
        ("parts", parts, "模板（narrative/下的文件）"),
        ("sections", sections, "模板（narrative/situation/下的文件）"),
    ):
        for at, name in enumerate(data.get(key, ())):
            yield from unknown(tree.place((key, at)), name, known, what)
    for name in data.get("table_titles", {}):
        yield from unknown(tree.key_place(("table_titles", name)), name, tables, "报表")


def _without_fact(tree: Tree, data: Mapping[str, Any], catalogue: Catalogue) -> Iterator[Diagnostic]:
    """M016: facts and groups that `facts.yaml` does not have, and reasons that no author can give."""
    reasons = list(load_schema("narrative")["properties"]["reasons"]["properties"])
    for section in ("reasons", "large_changes"):
        for key, fact in data.get(section, {}).items():
            yield from unknown(tree.key_place((section, key)), key, reasons, _A_REASON)
            if fact:
                yield from unknown(tree.place((section, key)), fact, list(catalogue.facts), _A_FACT)
    for key in ("code_reasons", "purposes"):
        if data.get(key):
            groups = list(catalogue.groups)
            yield from unknown(tree.place((key,)), data[key], groups, _A_GROUP)


def wrong_glossary(tree: Tree) -> Iterator[Diagnostic]:
    """M014: a term that is explained twice, and would be printed twice."""
    data: Any = tree.root
    terms = [entry["term"] for entry in data["entries"]]
    for at, term in enumerate(terms):
        if term in terms[:at]:
            yield error("M014", f"“{term}”解释了两次", tree.place(("entries", at, "term")), "只留一条")
