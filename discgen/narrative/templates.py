"""A form's templates: found in its folders, rendered with facts and prose; what its author got wrong is reported in Chinese."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
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
from discgen.form.form import Form
from discgen.form.printed import SUFFIX, template_loader
from discgen.narrative.expressions import (
    CalculationError,
    Filters,
    MissingFactError,
    UnknownNameError,
    UnshownError,
    sandbox,
)
from discgen.narrative.markup import mark_paragraph_ends
from discgen.validate.shipped import ShippedDataError

UNREADABLE = "模板读到这里读不下去：{% if %}和{% endif %}、括号、引号不成对，或者写错了字"
_NO_SUCH = (TemplateAssertionError, TemplateRuntimeError)
"""What Jinja raises for a filter or a test that does not exist, when it parses and when it renders."""

_SLIPS = (TemplateError, AttributeError, KeyError, TypeError)
"""What a slip in a template comes to."""
_SLIPS_OF_OTHERS = (ArithmeticError, ValueError, LookupError, RecursionError, MemoryError)
"""What a template comes to besides that nobody here has tried: in ours it would be a bug."""


class _Paragraphs(Extension):
    """Lets a blank line and a heading end a paragraph, whatever the lines before them come to."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """The template with the ends of its paragraphs marked; all lines keep their number."""
        return mark_paragraph_ends(source)


class Templates:
    """The templates of one form, for one document."""

    def __init__(self, form: Form, filters: Filters) -> None:
        self._form = form
        self._slips = (*_SLIPS, *_SLIPS_OF_OTHERS) if form.is_own else _SLIPS
        self._texts = {f"{layer.folder}/{name}": text for layer in form.layers for name, text in layer.files.items()}
        self._loader = template_loader(form)
        self.environment = sandbox(filters, loader=self._loader, extensions=[_Paragraphs])

    def render(self, part: str, names: Mapping[str, Any]) -> str:
        """What a part says. Raises ShippedDataError, with file and line, where a template is wrong, and MissingFactError."""
        name = f"{part}{SUFFIX}"
        try:
            return self.environment.get_template(name).render(names)
        except TemplateSyntaxError as exception:
            message = self._no_filter(exception, exception.filename, exception.lineno) or UNREADABLE
            raise _form_error(exception.filename, exception.lineno, message) from exception
        except TemplateNotFound as exception:
            message, where = f"表式“{self._form.name}”和它的上级里没有模板{exception.name}", _last_line(exception)
            raise (_form_error(*where, message) if where else ShippedDataError(message)) from exception
        except MissingFactError:
            raise
        except self._slips as exception:
            where = _last_line(exception)
            if where is None:
                raise
            raise _form_error(*where, self._no_filter(exception, *where) or _reason(exception, names)) from exception

    def source(self, name: str) -> tuple[str, str]:
        """The text of a template and its file. Raises TemplateNotFound."""
        text, file, _ = self._loader.get_source(self.environment, name)
        return text, file or name

    def _no_filter(self, exception: Exception, file: str | None, line: int) -> str:
        """The message for a filter or a test that does not exist; Jinja notices some when it parses, some when it renders."""
        if file not in self._texts or type(exception) not in _NO_SUCH:
            return ""
        kinds = {nodes.Filter: self.environment.filters, nodes.Test: self.environment.tests}
        read = self.environment.parse(self._texts[file])
        unknown = [
            (node, there) for kind, there in kinds.items() for node in read.find_all(kind) if node.name not in there
        ]
        if not unknown:
            return ""
        used, there = min(unknown, key=lambda pair: abs(pair[0].lineno - line))
        return f"没有“{used.name}”这种写法 {did_you_mean(used.name, sorted(there), '')}".rstrip()


def _form_error(file: str | None, line: int, message: str) -> ShippedDataError:
    exception = ShippedDataError(f"{file}:{line} {message}")
    exception.findings = (error("M020", message, Place(file or "", line), "照提示改这一行"),)
    return exception


def _last_line(exception: Exception) -> tuple[str, int] | None:
    """File and line of the template that was at work; none where it was none of ours."""
    frames = reversed(traceback.extract_tb(exception.__traceback__))
    return next(((frame.filename, frame.lineno or 1) for frame in frames if frame.filename.endswith(SUFFIX[-3:])), None)


def _reason(exception: Exception, names: Mapping[str, Any]) -> str:
    if isinstance(exception, UnshownError | CalculationError):
        return str(exception)
    if isinstance(exception, KeyError):
        return f"没有叫“{exception.args[0]}”的写法或说法"
    if not isinstance(exception, UnknownNameError):
        return f"写法不能用在这里：{exception}"
    there, what = (set(_steps(names)), "这一项") if exception.is_below else (set(names), "这个名称")
    return f"没有“{exception.name}”{what} {did_you_mean(exception.name, sorted(there), '')}".rstrip()


def _steps(names: Mapping[str, Any]) -> Iterator[str]:
    """The names below other names."""
    for value in names.values():
        below = vars(value) if isinstance(value, SimpleNamespace) else value
        if isinstance(below, Mapping):
            yield from (step for step in below if isinstance(step, str))
            yield from _steps(below)
