"""The files of a form: which forms there are, which belong to one line, and a form's files laid over its ancestors'.

A merged tree keeps for every value the place of whoever wrote it, so that what is wrong is reported
to the parent where the parent wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from jinja2 import Environment, TemplateSyntaxError
from msgspec import Struct, field

from discgen.diagnostics import Diagnostic, DocumentPath, Place, error
from discgen.ledger.check_questions import CodesThere
from discgen.load.own_codes import codes_there
from discgen.load.own_files import FORM_FILE, NOTHING, OwnFiles
from discgen.reference.folders import FORMS, SHIPPED_ENDINGS, data_folder
from discgen.validate.schema import validate
from discgen.validate.shipped import ShippedDataError
from discgen.yamltext.read import read_yaml
from discgen.yamltext.text import decode
from discgen.yamltext.tree import Node, Tree

_TEXTS = (".j2", ".css")


def form_names(own: OwnFiles = NOTHING) -> list[str]:
    """The forms there are: the workspace's own, and those that ship with the program."""
    return sorted({*own.forms(), *_shipped_names()})


def form_title(name: str, own: OwnFiles = NOTHING) -> str:
    """What people call a form; nothing where its file does not say."""
    tree, _ = read_yaml(_layer(name, own).files.get(FORM_FILE, b""), name)
    title = tree.root.get("title") if tree and isinstance(tree.root, dict) else None
    return title if isinstance(title, str) else ""


def _shipped_names() -> list[str]:
    return [path.parent.name for path in _forms().glob(f"*/{FORM_FILE}")]


def _forms() -> Path:
    return data_folder("templates") / FORMS


class Layer(Struct, frozen=True):
    """The files of one form by their names below its `folder`, which is called as findings name it."""

    name: str
    folder: str
    files: Mapping[str, bytes]
    unread: tuple[Diagnostic, ...] = ()
    """Why others could not be read."""
    others: tuple[str, ...] = ()
    """The names of files that nothing reads."""


def _layer(name: str, own: OwnFiles) -> Layer:
    """The files of a form that there is. The workspace's come before those that ship with the program."""
    if name in own.forms():
        return Layer(
            name,
            _folder(name, own),
            own.of_form(name),
            tuple(own.unread_of(FORMS, name)),
            tuple(own.others_of_form(name)),
        )
    folder = _forms() / name
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith(".")]
    read = {path: path.relative_to(folder).as_posix() for path in paths if path.suffix in SHIPPED_ENDINGS}
    others = tuple(path.relative_to(folder).as_posix() for path in paths if path not in read)
    return Layer(name, _folder(name, own), {read[path]: path.read_bytes() for path in read}, others=others)


def _folder(name: str, own: OwnFiles) -> str:
    """The folder of a form as findings name it."""
    return f"{FORMS}/{name}" if name in own.forms() else f"templates/{FORMS}/{name}"


class Layers(Struct):
    """The files of one form: its own and its ancestors', nearest first; `findings` gather what is wrong."""

    layers: tuple[Layer, ...]
    own: OwnFiles = NOTHING
    """What the form may name besides what ships: forms and codes of its workspace."""
    findings: list[Diagnostic] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The form's name."""
        return self.layers[0].name

    @property
    def codes(self) -> CodesThere:
        """The codes that the form may name."""
        return partial(codes_there, self.own)

    def names(self, folder: str, ending: str) -> list[str]:
        """What the files in a folder of the form or an ancestor's are called, without the ending."""
        paths = (PurePosixPath(file) for layer in self.layers for file in layer.files)
        return sorted({path.name.removesuffix(ending) for path in paths if path.match(f"{folder}/*{ending}")})

    def nearest(self, name: str, schema: str) -> Tree | None:
        """The nearest file of this name; none where there is none, or it is wrong."""
        layer = next((layer for layer in self.layers if name in layer.files), None)
        return self._read(layer, name, schema) if layer else None

    def merged(self, name: str, schema: str) -> Tree | None:
        """The files of this name laid over one another, the nearest on top; None where there is none, or any is wrong."""
        read = [self._read(layer, name, schema) for layer in self.layers if name in layer.files]
        trees = [tree for tree in read if tree is not None]
        if not trees or len(trees) < len(read):
            return None
        *nearer, merged = trees
        for tree in reversed(nearer):
            merged = _over(tree, merged)
        return merged

    def texts(self) -> tuple[FormTexts, ...]:
        """Of each form its templates and style sheets; what is no text goes to the findings."""
        return tuple(FormTexts(layer.name, layer.folder, dict(self._texts(layer))) for layer in self.layers)

    def _texts(self, layer: Layer) -> Iterator[tuple[str, str]]:
        for name, data in layer.files.items():
            if name.endswith(_TEXTS):
                text, findings = decode(data, f"{layer.folder}/{name}")
                self.findings += findings
                yield name, text

    def _read(self, layer: Layer, name: str, schema: str) -> Tree | None:
        tree, findings = read_yaml(layer.files[name], f"{layer.folder}/{name}")
        wrong = findings or (validate(tree, schema) if tree else [])
        self.findings += wrong
        return None if wrong else tree

    def stop_if_wrong(self) -> None:
        """Raises ShippedDataError where there are findings: what follows relies on what has been read."""
        if self.findings:
            raise ShippedDataError.of(self.findings)


class FormTexts(Struct, frozen=True):
    """Texts of one form by the names of their files below its `folder`, which is called as findings name it."""

    name: str
    folder: str
    files: Mapping[str, str]

    @property
    def is_own(self) -> bool:
        """Whether the form is the workspace's."""
        return self.folder.startswith(FORMS)


def nested_too_deep(texts: FormTexts) -> Iterator[Diagnostic]:
    """M020: templates in which so much stands within each other that nothing can read them."""
    for name, text in texts.files.items():
        try:
            Environment(autoescape=True).parse(text if name.endswith(".j2") else "")
        except TemplateSyntaxError:  # told with its line where the template is rendered
            continue
        except RecursionError:
            place = Place(f"{texts.folder}/{name}")
            yield error("M020", "括号或{% if %}套得太深，读不下去", place, "拆成几句")


def layers_of(name: str, own: OwnFiles = NOTHING) -> Layers:
    """The files of the form of this name. Raises ShippedDataError where there is none, or its ancestors are wrong.

    A form of the workspace may have ancestors in it or shipped ones, also one of its own name; a shipped form has shipped
    ones only.
    """
    there = form_names(own)
    if name not in there:
        if unread := own.unlisted_forms():
            raise ShippedDataError.of(unread)
        raise ShippedDataError(f"没有表式“{name}”；现有：{'、'.join(there)}")
    layers: list[Layer] = []
    allowed = own if name in own.forms() else NOTHING
    while True:
        layers.append(_layer(name, own))
        if layers[-1].unread:
            raise ShippedDataError.of(layers[-1].unread)
        tree = _readable(layers[-1])
        parent = tree.root.get("parent") if isinstance(tree.root, dict) else None
        if not isinstance(parent, str):  # what else it may be is for the schema to say
            return Layers(tuple(layers), allowed)
        is_own = name in own.forms() and (parent != name or name not in _shipped_names())
        own = own if is_own else NOTHING
        name, place, there = parent, tree.place(("parent",)), form_names(own)
        if name not in there:
            raise ShippedDataError.of([error("M023", f"没有上级表式“{name}”", place, f"现有：{'、'.join(there)}")])
        if _folder(name, own) in [layer.folder for layer in layers]:
            message = f"表式“{layers[0].name}”不能是自己的上级"
            raise ShippedDataError.of([error("M023", message, place, "删去parent，或改成更早一年的表式")])


def _readable(layer: Layer) -> Tree:
    """What `form.yaml` says, which may yet not be as its schema asks. Raises ShippedDataError where that cannot be read."""
    tree, findings = read_yaml(layer.files[FORM_FILE], f"{layer.folder}/{FORM_FILE}")
    if tree is None:
        raise ShippedDataError.of(findings)
    return tree


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


def lineages(names: Iterable[str], own: OwnFiles = NOTHING) -> dict[str, list[str]]:
    """The forms, each with the names of itself and its ancestors."""
    return {name: [layer.name for layer in layers_of(name, own).layers] for name in names}


def of_departments(lineages: Mapping[str, Sequence[str]]) -> list[str]:
    """The forms without those whose line descends from another's among them: a unit's from its department's."""
    lines = {line_of(name) for name in lineages}

    def descends(name: str) -> bool:
        ancestors = {line_of(ancestor) for ancestor in lineages[name]} - {line_of(name)}
        return not lines.isdisjoint(ancestors)

    return [name for name in lineages if not descends(name)]


def newest_form(name: str, year: int, there: Collection[str]) -> str:
    """Of the forms that are there, the newest of the line of `name` not later than `year`; `name` itself where none is newer."""
    line = _NAME.fullmatch(name)
    if line is None:
        return name
    later = [f"{line[1]}{of}" for of in range(year, int(line[2]), -1)]
    return next((form for form in later if form in there), name)


def fitting_form(forms: Sequence[str], year: int) -> str:
    """Of forms of one line, the newest that is not later than `year`; the oldest where all are."""
    by_year = {int(line[2]): form for form in forms if (line := _NAME.fullmatch(form))}
    there = [of for of in by_year if of <= year]
    return by_year[max(there) if there else min(by_year)] if by_year else ""
