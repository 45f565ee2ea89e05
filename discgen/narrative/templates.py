"""A form's templates: found in its folders, rendered with facts and prose; a slip of the form's author is told in Chinese."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import (
    TemplateAssertionError,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    nodes,
)
from jinja2.ext import Extension

from discgen.diagnostics import Place, did_you_mean, error
from discgen.form.files import FormError
from discgen.form.form import Form
from discgen.form.printed import SUFFIX, template_loader
from discgen.narrative.expressions import UnknownNameError, UnshownError, Words, sandbox
from discgen.narrative.markup import mark_paragraph_ends
from discgen.resources import data_folder

UNREADABLE = "模板读到这里读不下去：{% if %}和{% endif %}、括号、引号不成对，或者写错了字"
_NO_SUCH = (TemplateAssertionError, TemplateRuntimeError)
"""What Jinja raises for a filter or a test that there is none of, when it reads and when it is at work."""


class _Paragraphs(Extension):
    """Lets a blank line and a heading end a paragraph, whatever the lines before them come to."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """The template with the ends of its paragraphs marked; all lines keep their number."""
        return mark_paragraph_ends(source)


class Templates:
    """The templates of one form, for one document."""

    def __init__(self, form: Form, words: Words) -> None:
        self._form = form
        self._loader = template_loader(form.folders)
        self.environment = sandbox(words, loader=self._loader, extensions=[_Paragraphs])

    def render(self, part: str, names: Mapping[str, Any]) -> str:
        """What a part says. Raises FormError, with file and line, where a template is wrong, and MissingFactError."""
        name = f"{part}{SUFFIX}"
        try:
            return self.environment.get_template(name).render(names)
        except TemplateSyntaxError as trouble:
            said = self._no_filter(trouble, trouble.filename, trouble.lineno) or UNREADABLE
            raise _told(trouble.filename, trouble.lineno, said) from trouble
        except TemplateNotFound as trouble:
            said, where = f"表式“{self._form.name}”和它的上级里没有模板{trouble.name}", _last_line(trouble)
            raise (_told(*where, said) if where else FormError(said)) from trouble
        except (TemplateError, AttributeError, KeyError, TypeError) as trouble:
            where = _last_line(trouble)
            if where is None:
                raise
            raise _told(*where, self._no_filter(trouble, *where) or _reason(trouble, names)) from trouble

    def source(self, name: str) -> tuple[str, str]:
        """The text of a template and its file. Raises TemplateNotFound."""
        text, file, _ = self._loader.get_source(self.environment, name)
        return text, file or name

    def _no_filter(self, trouble: Exception, file: str | None, line: int) -> str:
        """What is said of a filter or a test that there is none of; Jinja finds some when it reads, some at work."""
        if file is None or type(trouble) not in _NO_SUCH:
            return ""
        kinds = {nodes.Filter: self.environment.filters, nodes.Test: self.environment.tests}
        read = self.environment.parse(Path(file).read_text(encoding="utf-8"))
        unknown = [
            (one, there) for kind, there in kinds.items() for one in read.find_all(kind) if one.name not in there
        ]
        if not unknown:
            return ""
        used, there = min(unknown, key=lambda one: abs(one[0].lineno - line))
        return f"没有“{used.name}”这种写法 {did_you_mean(used.name, sorted(there), '')}".rstrip()


def _told(file: str | None, line: int, said: str) -> FormError:
    shown = shown_path(file)
    trouble = FormError(f"{shown}:{line} {said}")
    trouble.findings = (error("M020", said, Place(shown, line), "照提示改这一行"),)
    return trouble


def shown_path(file: str | None) -> str:
    """The file of a template as messages call it."""
    path = Path(file) if file else Path()
    root = data_folder("templates").parent
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


def _last_line(trouble: Exception) -> tuple[str, int] | None:
    """File and line of the template that was at work; none where it was none of ours."""
    frames = reversed(traceback.extract_tb(trouble.__traceback__))
    return next(((one.filename, one.lineno or 1) for one in frames if one.filename.endswith(SUFFIX[-3:])), None)


def _reason(trouble: Exception, names: Mapping[str, Any]) -> str:
    if isinstance(trouble, UnshownError):
        return str(trouble)
    if isinstance(trouble, KeyError):
        return f"没有叫“{trouble.args[0]}”的写法或说法"
    if not isinstance(trouble, UnknownNameError):
        return f"写法不能用在这里：{trouble}"
    there, what = (set(_steps(names)), "这一项") if trouble.is_below else (set(names), "这个名称")
    return f"没有“{trouble.name}”{what} {did_you_mean(trouble.name, sorted(there), '')}".rstrip()


def _steps(names: Mapping[str, Any]) -> Iterator[str]:
    """The names below other names."""
    for value in names.values():
        below = vars(value) if isinstance(value, SimpleNamespace) else value
        if isinstance(below, Mapping):
            yield from (step for step in below if isinstance(step, str))
            yield from _steps(below)
