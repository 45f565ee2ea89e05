"""What a failed JSON Schema keyword means to a clerk: one small function a keyword."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from unicodedata import normalize

from discgen.diagnostics import Diagnostic, DocumentPath, Fix, did_you_mean, error, show_path
from discgen.money import with_plain_minus
from discgen.validate.library import property_schema
from discgen.validate.misread import MisreadNumber, about_key, meant_keys, misread_beginning, misread_number
from discgen.vocabulary import terms
from discgen.yamltext.tree import Tree

_MISREAD = ("type", "minLength", "enum", "pattern")
"""Keywords that fail where a text was read as something else, by the sign that it begins with."""
_TYPE_NAMES = {
    "object": "几行“键: 值”",
    "array": "一个列表",
    "string": "文字",
    "number": "数字",
    "integer": "整数",
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """A value that fails a keyword. `said` is what the schema says there, titles and examples included."""

    keyword: str
    wanted: Any
    found: Any
    path: DocumentPath
    said: Mapping[str, Any]
    tree: Tree
    is_key: bool = False
    """Whether it is about a key (`found`) of the mapping at `path`, not about a value."""

    @property
    def subject(self) -> str:
        """What the trouble is about, as `键（中文名）`."""
        return f"{self.where}{_title(self.said)}"

    @property
    def where(self) -> str:
        """The path, or the file itself."""
        return show_path(self.path) or "文件"

    @property
    def example(self) -> str:
        """An example from the schema, where it has one."""
        examples = self.said.get("examples")
        if not self.path and not examples:
            return _AS_IT_IS_WRITTEN
        return f"例如：{_show(examples[0])}" if examples else ""

    def finding(self, code: str, message: str, hint: str) -> Diagnostic:
        """An error at the value, or at the key that it is about."""
        place = self.tree.key_place((*self.path, str(self.found))) if self.is_key else self.tree.place(self.path)
        return error(code, message, place, hint)


def explain(trouble: Trouble) -> Iterator[Diagnostic]:
    """One finding for each thing to mend; a keyword without a function of its own gets a plain one."""
    begun = misread_beginning(trouble.tree, trouble.path, trouble.found) if _is_of_text(trouble) else None
    if begun:
        message, hint, place = begun
        yield error("L034", f"{trouble.subject}：{message}", place, hint)
        return
    named = trouble.is_key and trouble.keyword == "enum"
    yield from (_wrong_key if named else _EXPLAINERS.get(trouble.keyword, _other))(trouble)


def _is_of_text(trouble: Trouble) -> bool:
    """Whether it is about a text, or what should be one."""
    return trouble.keyword in _MISREAD and (trouble.keyword != "type" or "string" in trouble.wanted)


def _title(said: Mapping[str, Any]) -> str:
    title = said.get("title", "")
    return f"（{title}）" if title else ""


def _show(value: object) -> str:
    return value if isinstance(value, str) else str(value).replace("'", "")


_AS_IT_IS_WRITTEN = "写法照docs/和departments/里的例子；discgen init能写出带说明的空文件"
"""What to do about a file that is not of its shape from the beginning."""


def _additional(trouble: Trouble) -> Iterator[Diagnostic]:
    known = list(trouble.said.get("properties", {}))
    for key in trouble.found:
        if key in known:
            continue
        message, hint = about_key(key, known)
        place = trouble.tree.key_place((*trouble.path, key))
        yield error("S001", message, place, trouble.said.get("unwantedKeys", {}).get(key, hint))


def _wrong_key(trouble: Trouble) -> Iterator[Diagnostic]:
    """A key that is none of those there may be."""
    message, hint = about_key(str(trouble.found), [str(value) for value in trouble.wanted])
    yield trouble.finding("S001", message, hint)


def _required(trouble: Trouble) -> Iterator[Diagnostic]:
    # jsonschema raises one error a missing key without saying which in its data; the same
    # finding made twice is shown once.
    # A key that was misspelt has been told as such.
    meant = _meant(trouble)
    for key in trouble.wanted:
        if key not in trouble.found and key not in meant:
            said = property_schema(dict(trouble.said), key)
            yield trouble.finding("S002", f"{trouble.where}缺少“{key}”{_title(said)}", _how_to_add(key, said))


def _meant(trouble: Trouble) -> set[str]:
    """The keys that those which are none were probably meant to be."""
    return meant_keys(trouble.found, tuple(trouble.said.get("properties", {})))


def _how_to_add(key: str, said: dict[str, Any]) -> str:
    examples = said.get("examples")
    if examples and not isinstance(examples[0], list | dict):
        return f"加一行，例如：{key}: {_show(examples[0])}"
    return f"在这里加上“{key}:”"


def _type(trouble: Trouble) -> Iterator[Diagnostic]:
    if trouble.found is None:
        yield trouble.finding("S003", f"{trouble.subject}没有填", trouble.example)
        return
    wanted = trouble.wanted if isinstance(trouble.wanted, list) else [trouble.wanted]
    names = "或".join(dict.fromkeys(_TYPE_NAMES[name] for name in wanted))
    yield trouble.finding("S004", f"{trouble.subject}应是{names}", trouble.example)


def _pattern(trouble: Trouble) -> Iterator[Diagnostic]:
    figure = misread_number(str(trouble.found), lambda text: re.search(trouble.wanted, text) is not None)
    if figure:
        yield _misread(trouble, figure)
        return
    said = trouble.said.get("patternErrorMessage") or "，".join(filter(None, ("写法不对", trouble.example)))
    if with_plain_minus(normalize("NFKC", str(trouble.found))).startswith("-"):
        said = trouble.said.get("negativeErrorMessage", said)
    yield trouble.finding("S005", f"{trouble.subject}写成了“{trouble.found}”", said)


def _misread(trouble: Trouble, figure: MisreadNumber) -> Diagnostic:
    said = f"{trouble.subject}写成了“{trouble.found}”：{figure.what}"
    hint = f"改成{figure.right}"
    if not figure.says_all:
        hint = "只写数字；单位由本文件的unit统一说明，不是这个单位的先换算"
    fix = Fix(str(trouble.found), figure.right) if figure.is_certain else None
    return replace(trouble.finding("S005", said, hint), fix=fix)


def _enum(trouble: Trouble) -> Iterator[Diagnostic]:
    allowed = [str(value) for value in trouble.wanted]
    if trouble.found is None:
        yield trouble.finding("S003", f"{trouble.subject}没有填", f"可以是：{'、'.join(allowed)}")
        return
    named = _named(str(trouble.found), trouble.said)
    otherwise = f"写{named}" if named else f"只能是：{'、'.join(allowed)}。{trouble.said.get('description', '')}"
    hint = did_you_mean(str(trouble.found), allowed, otherwise, cutoff=0.75)
    yield trouble.finding("S006", f"{trouble.subject}不能是“{trouble.found}”", hint)


def _named(name: str, said: Mapping[str, Any]) -> str | None:
    """The value to write for its Chinese name, with or without 预算 at its end; None where there is none of this name."""
    named = terms(said["vocabulary"]) if "vocabulary" in said else {}
    names = ((value, named[value].explained) for value in said["enum"] if value in named)
    return next((value for value, right in names if name in (right, right.removesuffix("预算"))), None)


def _too_few(trouble: Trouble) -> Iterator[Diagnostic]:
    yield trouble.finding("S007", f"{trouble.subject}是空的", trouble.example)


def _too_long(trouble: Trouble) -> Iterator[Diagnostic]:
    what = f"键“{trouble.found}”" if trouble.is_key else trouble.subject
    said = f"{what}太长：有{len(trouble.found)}个字，最多{trouble.wanted}个"
    yield trouble.finding("S008", said, trouble.said.get("maxErrorMessage", "写简短些"))


def _too_many(trouble: Trouble) -> Iterator[Diagnostic]:
    said = f"{trouble.subject}太多：有{len(trouble.found)}项，最多{trouble.wanted}项"
    yield trouble.finding("S008", said, trouble.said.get("maxErrorMessage", "合并或删去多余的"))


def _any_of(trouble: Trouble) -> Iterator[Diagnostic]:
    wanted = {key for one in trouble.wanted for key in one.get("required", ())}
    if isinstance(trouble.found, dict) and wanted & _meant(trouble):
        return
    yield trouble.finding("S009", trouble.said.get("errorMessage", f"{trouble.subject}写得不全"), trouble.example)


def _other(trouble: Trouble) -> Iterator[Diagnostic]:
    yield trouble.finding("S010", f"{trouble.subject}写法不对", trouble.example)


def _repeated(trouble: Trouble) -> Iterator[Diagnostic]:
    first: dict[str, int] = {}
    for at, item in enumerate(trouble.found):
        if first.setdefault(str(item), at) != at:
            place = trouble.tree.place((*trouble.path, at))
            yield error("S010", f"{trouble.subject}里“{_show(item)}”写了两次", place, "删去一个")


_EXPLAINERS: dict[str, Callable[[Trouble], Iterator[Diagnostic]]] = {
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
