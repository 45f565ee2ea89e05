"""A form of a workspace's own: its first file, under a form that there is, and copies of that one's files to be changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from os.path import lexists
from pathlib import Path
from typing import Any

from discgen.authoring.skeleton import yaml_scalar
from discgen.errors import Refusal
from discgen.files import bytes_of, replace_file
from discgen.form.files import Layers, form_names, layers_of
from discgen.form.form import load_form
from discgen.load.destinations import inside
from discgen.load.own_files import FORM_FILE, own_files
from discgen.load.workspace import Workspace
from discgen.reference.folders import FORMS
from discgen.validate.library import load_schema, schema_file
from discgen.yamltext.tree import Node

_NAME = re.compile(r"[a-z][a-z0-9-]{0,99}")
_KEY = re.compile(r"[a-z_]+")
_SAID_FIRST = ("title", "parent")
"""What a new form says itself; all else is there as a remark."""
_TABLES = "tables/"


def new_form(workspace: Workspace, name: str, parent: str, title: str = "") -> Path:
    """Write `forms/NAME/form.yaml` under a parent; the file.

    All that the parent says stands in it as remarks, each with what it is for. Raises Refusal for a name that there is
    or may not be, ShippedDataError where the parent is wrong, and UnwritableError.
    """
    own = own_files(workspace)
    if not _NAME.fullmatch(name):
        raise Refusal(f"表式的名称“{name}”只用小写字母、数字和连字符，以字母开头，例如putuo-budget-2026")
    folder = workspace.root / FORMS / name
    if name in form_names(own) or lexists(folder):
        raise Refusal(f"已经有表式“{name}”，不覆盖；换一个名称，或直接改{FORMS}/{name}/")
    form = load_form(parent, own)
    text = "\n".join(_lines(name, title or f"{form.title}（{name}）", form.title, layers_of(parent, own)))
    path = inside(workspace, folder / FORM_FILE)
    replace_file(path, f"{text}\n".encode())
    return folder / FORM_FILE


def _lines(name: str, title: str, title_of_parent: str, parent: Layers) -> Iterator[str]:
    merged = parent.merged(FORM_FILE, "form")
    assert merged is not None
    root: Any = merged.root
    yield f"# yaml-language-server: $schema=../../schema/{schema_file('form')}"
    yield f"# 上级是“{title_of_parent}”（{parent.name}）：这里没有写的都照它。"
    yield "# 下面“#”开头的是上级写的。要改哪一项，去掉那几行前面的“# ”再改；列表要写就写全，写了的代替上级的。"
    yield f"# 报表和文字也可以改：discgen form copy {name} 列出上级的文件，写上文件名就复制一份过来。"
    yield f"# 改好以后：discgen form check {name}"
    yield f"title: {yaml_scalar(title)}"
    yield f"parent: {parent.name}"
    for key, said in load_schema("form")["properties"].items():
        if key in root and key not in _SAID_FIRST:
            yield ""
            yield f"# —— {said['title']}：{said['description']}"
            yield from (f"# {line}" for line in _written(key, root[key], ""))


def _written(key: str, value: Node, indent: str) -> Iterator[str]:
    """A key with its value as lines of YAML, two blanks a level."""
    name = key if _KEY.fullmatch(key) else yaml_scalar(key)
    if isinstance(value, dict) and value:
        yield f"{indent}{name}:"
        for below, inner in value.items():
            yield from _written(below, inner, f"{indent}  ")
    elif isinstance(value, list) and value:
        yield f"{indent}{name}:"
        yield from (f"{indent}  - {yaml_scalar(str(item))}" for item in value)
    else:
        empty = "{}" if isinstance(value, dict) else "[]"
        yield f"{indent}{name}: {_scalar(key, value or '') if isinstance(value, str | None) else empty}"


def _scalar(key: str, text: str) -> str:
    """A text as YAML; a number in quotation marks, where an editor takes it for text by the schema."""
    return f'"{text}"' if text.isdecimal() and key not in _keys_of_numbers(load_schema("form")) else yaml_scalar(text)


def _keys_of_numbers(schema: Any) -> Iterator[str]:
    """The keys under which a schema allows numbers."""
    if isinstance(schema, dict):
        for key, below in schema.items():
            if isinstance(below, dict) and "integer" in below.get("type", ()):
                yield key
            yield from _keys_of_numbers(below)


def inherited_files(workspace: Workspace, name: str) -> list[tuple[str, str]]:
    """The files that a form takes from its ancestors, by their names, and the title of each table.

    Raises ShippedDataError for a form that there is not.
    """
    layers = layers_of(name, own_files(workspace))
    titles = {f"{_TABLES}{table.id}.yaml": table.title for table in load_form(name, own_files(workspace)).tables}
    names = sorted({file for layer in layers.layers[1:] for file in layer.files} - {FORM_FILE})
    return [(file, titles.get(file, "")) for file in names if file not in layers.layers[0].files]


def copy_files(workspace: Workspace, name: str, files: Sequence[str]) -> list[Path]:
    """Copy files that a form takes from its ancestors into its own folder; the files written.

    Raises Refusal for a form that is not the workspace's, for what there is not and for what is there already.
    """
    own = own_files(workspace)
    if name not in own.forms():
        raise Refusal(f"{FORMS}/里没有表式“{name}”；先新建：discgen form new {name} --from 上级表式")
    layers = layers_of(name, own).layers
    written: dict[Path, bytes] = {}
    for file in files:
        path = inside(workspace, workspace.root / FORMS / name / file)
        data = next((layer.files[file] for layer in layers[1:] if file in layer.files), None)
        if data is None or file == FORM_FILE:
            raise Refusal(f"上级表式里没有{file}这个文件；有哪些：discgen form copy {name}")
        if lexists(path):
            raise Refusal(f"{FORMS}/{name}/{file}已经有了，不覆盖")
        written[path] = data
    for path, data in written.items():
        if bytes_of(path) is None:
            replace_file(path, data)
    return list(written)
