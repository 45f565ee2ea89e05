"""What a failed JSON Schema keyword means to a clerk: a small function for each keyword."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace

from discgen.diagnostics import Diagnostic, DocumentPath, Fix, did_you_mean, error, show_path
from discgen.money import with_plain_minus
from discgen.reference.vocabulary import terms
from discgen.validate.library import property_schema
from discgen.validate.misread import MisreadNumber, about_key, meant_keys, misread_beginning, misread_number
from discgen.yamltext.tree import Tree

_MISREAD = ("type", "minLength", "enum", "pattern")
"""Keywords that fail where YAML read a text as something else, because of the sign it begins with."""
_TYPE_NAMES = {
    "object": "几行“键: 值”",
    "array": "一个列表",
    "string": "文字",
    "number": "数字",
    "integer": "整数",
}


class Failure(Struct, frozen=True):
    """A value that fails a keyword. `schema` is what the schema says there, titles and examples included."""

    keyword: str
    wanted: Any
    value: Any
    path: DocumentPath
    schema: Mapping[str, Any]
    tree: Tree
    is_key: bool = False
    """Whether it is about a key (`value`) of the mapping at `path`, not about a value."""

    @property
    def subject(self) -> str:
        """What the failure is about, as `键（中文名）`."""
        return f"{self.where}{_title(self.schema)}"

    @property
    def where(self) -> str:
        """The path, or the file itself."""
        return show_path(self.path) or "文件"

    @property
    def example(self) -> str:
        """An example from the schema, where it has one."""
        examples = self.schema.get("examples")
        if not self.path and not examples:
            return _AS_IT_IS_WRITTEN
        return f"例如：{_show(examples[0])}" if examples else ""

    def finding(self, code: str, message: str, hint: str) -> Diagnostic:
        """An error at the value, or at the key that it is about."""
        place = self.tree.key_place((*self.path, str(self.value))) if self.is_key else self.tree.place(self.path)
        return error(code, message, place, hint)


def explain(failure: Failure) -> Iterator[Diagnostic]:
    """One finding for each mistake; a keyword without a function of its own gets a plain one."""
    misread = misread_beginning(failure.tree, failure.path, failure.value) if _is_about_text(failure) else None
    if misread:
        message, hint, place = misread
        yield error("L034", f"{failure.subject}：{message}", place, hint)
        return
    named = failure.is_key and failure.keyword == "enum"
    yield from (_wrong_key if named else _EXPLAINERS.get(failure.keyword, _other))(failure)


def _is_about_text(failure: Failure) -> bool:
    """Whether it is about a text, or what should be one."""
    return failure.keyword in _MISREAD and (failure.keyword != "type" or "string" in failure.wanted)


def _title(schema: Mapping[str, Any]) -> str:
    title = schema.get("title", "")
    return f"（{title}）" if title else ""


def _show(value: object) -> str:
    return value if isinstance(value, str) else str(value).replace("'", "")


_AS_IT_IS_WRITTEN = "写法照docs/和departments/里的例子；discgen init能写出带说明的空文件"
"""What to do about a file that is not of its shape from the beginning."""


def _additional(failure: Failure) -> Iterator[Diagnostic]:
    known = list(failure.schema.get("properties", {}))
    for key in failure.value:
        if key in known:
            continue
        message, hint = about_key(key, known)
        place = failure.tree.key_place((*failure.path, key))
        yield error("S001", message, place, failure.schema.get("unwantedKeys", {}).get(key, hint))


def _wrong_key(failure: Failure) -> Iterator[Diagnostic]:
    """A key that is none of those there may be."""
    message, hint = about_key(str(failure.value), [str(value) for value in failure.wanted])
    yield failure.finding("S001", message, hint)


def _required(failure: Failure) -> Iterator[Diagnostic]:
    # jsonschema raises an error for each missing key without saying which in its data; the same
    # finding made twice is shown once.
    # A key that was misspelt has been reported as such.
    meant = _meant(failure)
    for key in failure.wanted:
        if key not in failure.value and key not in meant:
            schema = property_schema(dict(failure.schema), key)
            yield failure.finding("S002", f"{failure.where}缺少“{key}”{_title(schema)}", _how_to_add(key, schema))


def _meant(failure: Failure) -> set[str]:
    """The keys that unknown ones were probably meant to be."""
    return meant_keys(failure.value, tuple(failure.schema.get("properties", {})))


def _how_to_add(key: str, schema: dict[str, Any]) -> str:
    examples = schema.get("examples")
    if examples and not isinstance(examples[0], list | dict):
        return f"加一行，例如：{key}: {_show(examples[0])}"
    return f"在这里加上“{key}:”"


def _type(failure: Failure) -> Iterator[Diagnostic]:
    if failure.value is None:
        yield failure.finding("S003", f"{failure.subject}没有填", failure.example)
        return
    wanted = failure.wanted if isinstance(failure.wanted, list) else [failure.wanted]
    names = "或".join(dict.fromkeys(_TYPE_NAMES[name] for name in wanted))
    yield failure.finding("S004", f"{failure.subject}应是{names}", failure.example)


def _pattern(failure: Failure) -> Iterator[Diagnostic]:
    figure = misread_number(str(failure.value), lambda text: re.search(failure.wanted, text) is not None)
    if figure:
        yield _misread(failure, figure)
        return
    hint = failure.schema.get("patternErrorMessage") or "，".join(filter(None, ("写法不对", failure.example)))
    if with_plain_minus(normalize("NFKC", str(failure.value))).startswith("-"):
        hint = failure.schema.get("negativeErrorMessage", hint)
    yield failure.finding("S005", f"{failure.subject}写成了“{failure.value}”", hint)


def _misread(failure: Failure, figure: MisreadNumber) -> Diagnostic:
    message = f"{failure.subject}写成了“{failure.value}”：{figure.what}"
    hint = f"改成{figure.right}"
    if not figure.says_all:
        hint = "只写数字；单位由本文件的unit统一说明，不是这个单位的先换算"
    fix = Fix(str(failure.value), figure.right) if figure.is_certain else None
    return replace(failure.finding("S005", message, hint), fix=fix)


def _enum(failure: Failure) -> Iterator[Diagnostic]:
    allowed = [str(value) for value in failure.wanted]
    if failure.value is None:
        yield failure.finding("S003", f"{failure.subject}没有填", f"可以是：{'、'.join(allowed)}")
        return
    named = _named(str(failure.value), failure.schema)
    otherwise = f"写{named}" if named else f"只能是：{'、'.join(allowed)}。{failure.schema.get('description', '')}"
    hint = did_you_mean(str(failure.value), allowed, otherwise, cutoff=0.75)
    yield failure.finding("S006", f"{failure.subject}不能是“{failure.value}”", hint)


def _named(name: str, schema: Mapping[str, Any]) -> str | None:
    """The value to write for a Chinese name, with or without 预算 at its end; None where there is none of this name."""
    named = terms(schema["vocabulary"]) if "vocabulary" in schema else {}
    names = ((value, named[value].explained) for value in schema["enum"] if value in named)
    return next((value for value, right in names if name in (right, right.removesuffix("预算"))), None)


def _too_few(failure: Failure) -> Iterator[Diagnostic]:
    yield failure.finding("S007", f"{failure.subject}是空的", failure.example)


def _too_long(failure: Failure) -> Iterator[Diagnostic]:
    what = f"键“{failure.value}”" if failure.is_key else failure.subject
    message = f"{what}太长：有{len(failure.value)}个字，最多{failure.wanted}个"
    yield failure.finding("S008", message, failure.schema.get("maxErrorMessage", "写简短些"))


def _too_many(failure: Failure) -> Iterator[Diagnostic]:
    message = f"{failure.subject}太多：有{len(failure.value)}项，最多{failure.wanted}项"
    yield failure.finding("S008", message, failure.schema.get("maxErrorMessage", "合并或删去多余的"))


def _any_of(failure: Failure) -> Iterator[Diagnostic]:
    wanted = {key for choice in failure.wanted for key in choice.get("required", ())}
    if isinstance(failure.value, dict) and wanted & _meant(failure):
        return
    yield failure.finding("S009", failure.schema.get("errorMessage", f"{failure.subject}写得不全"), failure.example)


def _other(failure: Failure) -> Iterator[Diagnostic]:
    yield failure.finding("S010", f"{failure.subject}写法不对", failure.example)


def _repeated(failure: Failure) -> Iterator[Diagnostic]:
    first: dict[str, int] = {}
    for at, item in enumerate(failure.value):
        if first.setdefault(str(item), at) != at:
            place = failure.tree.place((*failure.path, at))
            yield error("S010", f"{failure.subject}里“{_show(item)}”写了两次", place, "删去一个")


_EXPLAINERS: dict[str, Callable[[Failure], Iterator[Diagnostic]]] = {
    "additionalProperties": _additional,
    "required": _required,
    "type": _type,
    "pattern": _pattern,
    "enum": _enum,
    "minItems": _too_few,
    "minLength": _too_few,
    "minProperties": _too_few,
    "maxLength": _too_long,
    "maxItems": _too_many,
    "maxProperties": _too_many,
    "anyOf": _any_of,
    "uniqueItems": _repeated,
}
