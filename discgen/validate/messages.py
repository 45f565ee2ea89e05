"""What a failed JSON Schema keyword means to a clerk: one small function a keyword."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any, cast

from jsonschema.exceptions import ValidationError

from discgen.diagnostics import Diagnostic, DocumentPath, error, show_path
from discgen.load.tree import Tree
from discgen.validate.library import property_schema

_TYPE_NAMES = {
    "object": "几行“键: 值”",
    "array": "一个列表",
    "string": "文字",
    "number": "数字",
    "integer": "整数",
}


def explain(trouble: ValidationError, tree: Tree) -> Iterator[Diagnostic]:
    """One finding for each thing to mend; a keyword without a function of its own gets a plain one."""
    yield from _EXPLAINERS.get(str(trouble.validator), _other)(trouble, tree)


def _path(trouble: ValidationError) -> DocumentPath:
    return tuple(trouble.absolute_path)


def _schema(trouble: ValidationError) -> dict[str, Any]:
    """The schema that failed; one that is a bare `false` says nothing."""
    return cast("dict[str, Any]", trouble.schema) if isinstance(trouble.schema, dict) else {}


def _title(schema: dict[str, Any]) -> str:
    title = schema.get("title", "")
    return f"（{title}）" if title else ""


def _subject(trouble: ValidationError) -> str:
    """What the trouble is about, as `键（中文名）`."""
    path = _path(trouble)
    return f"{show_path(path) or '文件'}{_title(_schema(trouble))}"


def _hint(trouble: ValidationError) -> str:
    examples = _schema(trouble).get("examples")
    return f"例如：{_show(examples[0])}" if examples else ""


def _show(value: object) -> str:
    return value if isinstance(value, str) else str(value).replace("'", "")


def _additional(trouble: ValidationError, tree: Tree) -> Iterator[Diagnostic]:
    known = list(_schema(trouble).get("properties", {}))
    for key in cast("dict[str, Any]", trouble.instance):
        if key in known:
            continue
        near = get_close_matches(key, known, n=1)
        hint = f"是不是“{near[0]}”？" if near else f"这里可以写：{'、'.join(known)}"
        yield error("S001", f"不认识的键“{key}”", tree.key_place((*_path(trouble), key)), hint)


def _required(trouble: ValidationError, tree: Tree) -> Iterator[Diagnostic]:
    where = show_path(_path(trouble)) or "文件"
    # jsonschema raises one error a missing key without saying which in its data; the same
    # finding made twice is shown once.
    for key in cast("list[str]", trouble.validator_value):
        if key not in cast("dict[str, Any]", trouble.instance):
            said = property_schema(_schema(trouble), key)
            yield error("S002", f"{where}缺少“{key}”{_title(said)}", tree.place(_path(trouble)), _example(key, said))


def _example(key: str, said: dict[str, Any]) -> str:
    examples = said.get("examples")
    if examples and not isinstance(examples[0], list | dict):
        return f"加一行，例如：{key}: {_show(examples[0])}"
    return f"在这里加上“{key}:”"


def _type(trouble: ValidationError, tree: Tree) -> Iterator[Diagnostic]:
    value: Any = trouble.validator_value
    wanted = value if isinstance(value, list) else [value]
    place = tree.place(_path(trouble))
    if trouble.instance is None:
        yield error("S003", f"{_subject(trouble)}没有填", place, _hint(trouble))
        return
    names = "或".join(dict.fromkeys(_TYPE_NAMES[name] for name in wanted))
    yield error("S004", f"{_subject(trouble)}应是{names}", place, _hint(trouble))


def _pattern(trouble: ValidationError, tree: Tree) -> Iterator[Diagnostic]:
    said = _schema(trouble).get("patternErrorMessage", "写法不对")
    yield error("S005", f"{_subject(trouble)}写成了“{trouble.instance}”", tree.place(_path(trouble)), said)


def _enum(trouble: ValidationError, tree: Tree) -> Iterator[Diagnostic]:
    allowed = [str(value) for value in cast("list[object]", trouble.validator_value)]
    if trouble.instance is None:
        yield error("S003", f"{_subject(trouble)}没有填", tree.place(_path(trouble)), f"可以是：{'、'.join(allowed)}")
        return
    near = get_close_matches(str(trouble.instance), allowed, n=1)
    hint = f"是不是“{near[0]}”？" if near else f"只能是：{'、'.join(allowed)}"
    yield error("S006", f"{_subject(trouble)}不能是“{trouble.instance}”", tree.place(_path(trouble)), hint)


def _too_few(trouble: ValidationError, tree: Tree) -> Iterator[Diagnostic]:
    yield error("S007", f"{_subject(trouble)}是空的", tree.place(_path(trouble)), _hint(trouble))


def _too_long(trouble: ValidationError, tree: Tree) -> Iterator[Diagnostic]:
    most = trouble.validator_value
    yield error("S008", f"{_subject(trouble)}太长，超过{most}个字", tree.place(_path(trouble)), "写简短些")


def _any_of(trouble: ValidationError, tree: Tree) -> Iterator[Diagnostic]:
    said = _schema(trouble).get("errorMessage", f"{_subject(trouble)}写得不全")
    yield error("S009", said, tree.place(_path(trouble)), _hint(trouble))


def _other(trouble: ValidationError, tree: Tree) -> Iterator[Diagnostic]:
    yield error("S010", f"{_subject(trouble)}写法不对", tree.place(_path(trouble)), _hint(trouble))


_EXPLAINERS: dict[str, Callable[[ValidationError, Tree], Iterator[Diagnostic]]] = {
    "additionalProperties": _additional,
    "required": _required,
    "type": _type,
    "pattern": _pattern,
    "enum": _enum,
    "minItems": _too_few,
    "minLength": _too_few,
    "minProperties": _too_few,
    "maxLength": _too_long,
    "anyOf": _any_of,
}
