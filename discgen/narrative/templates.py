"""A form's templates: found in its folders, rendered with facts and prose; a slip of the form's author is told in Chinese."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)

from discgen.diagnostics import did_you_mean
from discgen.form.form import Form, FormError
from discgen.narrative.expressions import Words, sandbox
from discgen.resources import data_folder

_SUFFIX = ".md.j2"
_NO_NAME = re.compile(r"'(?P<name>[^']+)' is undefined|has no attribute '(?P<below>[^']+)'")
_NO_SUCH = re.compile(r"No (?P<kind>filter|test) named '(?P<name>[^']+)'")
"""How Jinja says that a template asks for what there is not."""


class Templates:
    """The templates of one form, for one document."""

    def __init__(self, form: Form, words: Words) -> None:
        self._form = form
        self._environment = sandbox(words, loader=_loader(form))

    def render(self, part: str, names: Mapping[str, Any]) -> str:
        """What a part says. Raises FormError, with file and line, where a template is wrong, and MissingFactError."""
        name = f"{part}{_SUFFIX}"
        try:
            return self._environment.get_template(name).render(names)
        except TemplateSyntaxError as trouble:
            said = self._no_filter(trouble) or f"Jinja语法不对：{trouble.message}"
            raise _told(trouble.filename, trouble.lineno, said) from trouble
        except TemplateNotFound as trouble:
            said, where = f"表式“{self._form.name}”和它的上级里没有模板{trouble.name}", _last_line(trouble)
            raise (_told(*where, said) if where else FormError(said)) from trouble
        except (TemplateError, AttributeError, KeyError, TypeError) as trouble:
            where = _last_line(trouble)
            if where is None:
                raise
            raise _told(*where, self._no_filter(trouble) or _reason(trouble, names)) from trouble

    def _no_filter(self, trouble: Exception) -> str:
        """What is said of a filter or a test that there is none of; Jinja finds some when it reads, some at work."""
        found = _NO_SUCH.match(str(trouble))
        if found is None:
            return ""
        there = self._environment.filters if found["kind"] == "filter" else self._environment.tests
        return f"没有“{found['name']}”这种写法 {did_you_mean(found['name'], sorted(there), '')}".rstrip()


def _loader(form: Form) -> BaseLoader:
    """The form's templates, the nearest first; `<form>/<template>` is that of one form of its line and no other."""
    folders = [folder / "narrative" for folder in form.folders]
    named = PrefixLoader({folder.parent.name: FileSystemLoader(folder) for folder in folders})
    return ChoiceLoader([FileSystemLoader(folders), named])


def _told(file: str | None, line: int, said: str) -> FormError:
    path = Path(file) if file else Path()
    root = data_folder("templates").parent
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    return FormError(f"{shown}:{line} {said}")


def _last_line(trouble: Exception) -> tuple[str, int] | None:
    """File and line of the template that was at work; none where it was none of ours."""
    frames = reversed(traceback.extract_tb(trouble.__traceback__))
    return next(((one.filename, one.lineno or 1) for one in frames if one.filename.endswith(_SUFFIX[-3:])), None)


def _reason(trouble: Exception, names: Mapping[str, Any]) -> str:
    found = _NO_NAME.search(str(trouble)) if isinstance(trouble, UndefinedError) else None
    if found is None:
        return f"写法不能用在这里：{trouble}"
    if found["name"]:
        near = did_you_mean(found["name"], sorted(names), "")
        return f"没有“{found['name']}”这个名称 {near}".rstrip()
    near = did_you_mean(found["below"], sorted(set(_steps(names))), "")
    return f"没有“{found['below']}”这一项 {near}".rstrip()


def _steps(names: Mapping[str, Any]) -> Iterator[str]:
    """The names below other names."""
    for value in names.values():
        below = vars(value) if isinstance(value, SimpleNamespace) else value
        if isinstance(below, Mapping):
            yield from (step for step in below if isinstance(step, str))
            yield from _steps(below)
