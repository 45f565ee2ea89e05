"""The files of a form: which forms there are, which belong to one line, and a form's files laid over its ancestors'.

A merged tree keeps for every value the place of whoever wrote it, so that what is wrong is reported
to the parent where the parent wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field

from discgen.diagnostics import Diagnostic, DocumentPath, error
from discgen.reference.folders import data_folder
from discgen.validate.shipped import ShippedDataError, shipped_tree
from discgen.yamltext.read import read_yaml
from discgen.yamltext.tree import Node, Tree


def form_names() -> list[str]:
    """The forms there are."""
    return sorted(path.parent.name for path in _forms().glob("*/form.yaml"))


def form_title(name: str) -> str:
    """What people call a form; nothing where its file does not say."""
    tree, _ = read_yaml((_forms() / name / "form.yaml").read_bytes(), name)
    title = tree.root.get("title") if tree and isinstance(tree.root, dict) else None
    return title if isinstance(title, str) else ""


def _forms() -> Path:
    return data_folder("templates") / "forms"


class Layers(Struct):
    """The files of one form: `folders` are its own and its ancestors', nearest first; `findings` gather what is wrong."""

    folders: tuple[Path, ...]
    findings: list[Diagnostic] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The form's name."""
        return self.folders[0].name

    def find(self, name: str) -> Path | None:
        """The nearest file of this name."""
        return next((folder / name for folder in self.folders if (folder / name).is_file()), None)

    def names(self, folder: str, ending: str) -> list[str]:
        """What the files in a folder of the form or an ancestor's are called, without the ending."""
        names = (path.name.removesuffix(ending) for own in self.folders for path in (own / folder).glob(f"*{ending}"))
        return sorted(set(names))

    def nearest(self, name: str, schema: str) -> Tree | None:
        """The nearest file of this name; none where there is none, or it is wrong."""
        path = self.find(name)
        return self._read(path, schema) if path else None

    def merged(self, name: str, schema: str) -> Tree | None:
        """The files of this name laid over one another, the nearest on top; None where there is none, or any is wrong."""
        read = [self._read(folder / name, schema) for folder in self.folders if (folder / name).is_file()]
        trees = [tree for tree in read if tree is not None]
        if not trees or len(trees) < len(read):
            return None
        *nearer, merged = trees
        for tree in reversed(nearer):
            merged = _over(tree, merged)
        return merged

    def _read(self, path: Path, schema: str) -> Tree | None:
        tree, findings = _read(path, schema)
        self.findings += findings
        return tree

    def stop_if_wrong(self) -> None:
        """Raises ShippedDataError where there are findings: what follows relies on what has been read."""
        if self.findings:
            raise ShippedDataError.of(self.findings)


def layers_of(name: str) -> Layers:
    """The files of the form of this name. Raises ShippedDataError where there is none, or its ancestors are wrong."""
    if name not in form_names():
        raise ShippedDataError(f"没有表式“{name}”；现有：{'、'.join(form_names())}")
    folders: list[Path] = []
    while True:
        folders.append(_forms() / name)
        tree = _readable(folders[-1] / "form.yaml")
        parent = tree.root.get("parent") if isinstance(tree.root, dict) else None
        if not isinstance(parent, str):  # what else it may be is for the schema to say
            return Layers(tuple(folders))
        name, place = parent, tree.place(("parent",))
        if name not in form_names():
            raise ShippedDataError.of(
                [error("M023", f"没有上级表式“{name}”", place, f"现有：{'、'.join(form_names())}")]
            )
        if _forms() / name in folders:
            message = f"表式“{folders[0].name}”不能是自己的上级"
            raise ShippedDataError.of([error("M023", message, place, "删去parent，或改成更早一年的表式")])


def _readable(path: Path) -> Tree:
    """The tree of a file that may yet not be as its schema asks. Raises ShippedDataError where there is none."""
    templates = data_folder("templates")
    tree, findings = read_yaml(path.read_bytes(), path.relative_to(templates.parent).as_posix())
    if tree is None:
        raise ShippedDataError.of(findings)
    return tree


def _read(path: Path, schema: str) -> tuple[Tree | None, list[Diagnostic]]:
    templates = data_folder("templates")
    return shipped_tree(templates, path.relative_to(templates).as_posix(), schema)


def _over(nearer: Tree, farther: Tree) -> Tree:
    """One file over another: mappings key by key, all else replaced."""
    root = _merged(nearer.root, farther.root)
    paths = list(_paths(root))
    values = {path: nearer.values.get(path) or farther.values[path] for path in paths}
    keys = {path: nearer.keys.get(path) or farther.keys[path] for path in paths if path and isinstance(path[-1], str)}
    return Tree(nearer.file, root, values, keys)


def _merged(nearer: Node, farther: Node) -> Node:
    if not isinstance(nearer, dict) or not isinstance(farther, dict):
        return nearer
    both = {key: _merged(nearer[key], value) if key in nearer else value for key, value in farther.items()}
    return {**both, **{key: value for key, value in nearer.items() if key not in farther}}


def _paths(node: Node, path: DocumentPath = ()) -> Iterator[DocumentPath]:
    yield path
    below: Iterator[tuple[str | int, Node]] = iter(())
    if isinstance(node, dict):
        below = iter(node.items())
    elif isinstance(node, list):
        below = iter(enumerate(node))
    for step, value in below:
        yield from _paths(value, (*path, step))


_NAME = re.compile(r"(.*-)(20\d{2})")


def line_of(name: str) -> str:
    """What the forms of a line share: `shanxi-budget-`; the name itself where it ends in no year."""
    line = _NAME.fullmatch(name)
    return line[1] if line else name


def of_departments(names: Sequence[str]) -> list[str]:
    """The forms without those whose line descends from another's among them: a unit's from its department's."""
    lines = {line_of(name) for name in names}

    def descends(name: str) -> bool:
        ancestors = {line_of(folder.name) for folder in layers_of(name).folders} - {line_of(name)}
        return not lines.isdisjoint(ancestors)

    return [name for name in names if not descends(name)]


def newest_form(name: str, year: int) -> str:
    """The newest form of the line of `name` that is not later than `year`; `name` itself where none is newer."""
    line = _NAME.fullmatch(name)
    if line is None:
        return name
    later = [f"{line[1]}{of}" for of in range(year, int(line[2]), -1)]
    there = form_names()
    return next((form for form in later if form in there), name)


def fitting_form(forms: Sequence[str], year: int) -> str:
    """Of forms of one line, the newest that is not later than `year`; the oldest where all are."""
    by_year = {int(line[2]): form for form in forms if (line := _NAME.fullmatch(form))}
    there = [of for of in by_year if of <= year]
    return by_year[max(there) if there else min(by_year)] if by_year else ""
