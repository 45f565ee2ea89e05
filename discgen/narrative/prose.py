"""An author's prose with its expressions worked out; what cannot be worked out is a finding at its line."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from discgen.diagnostics import Diagnostic, error
from discgen.ledger.facts import Catalogue
from discgen.model.prose import Prose
from discgen.narrative.expressions import MissingFactError
from discgen.narrative.markup import as_prose

EXAMPLE = "例如 {{ change.income.total | 万元 }}"


class ProseReader:
    """Works out prose in one sandbox, collecting findings."""

    def __init__(self, sandbox: ImmutableSandboxedEnvironment, names: dict[str, Any], catalogue: Catalogue) -> None:
        self._sandbox = sandbox
        self._names = names
        self._catalogue = catalogue
        self.findings: list[Diagnostic] = []

    def read(self, prose: Prose, **further: Any) -> str:
        """The text with amounts in place; empty, with a finding, where an expression is wrong.

        `further` are names that only this prose may use.
        """
        if "{%" in prose.text or "{#" in prose.text:
            return self._refuse("P001", prose, "文字里只能写{{ }}表达式", EXAMPLE)
        try:
            return as_prose(self._sandbox.from_string(prose.text).render(self._names | further))
        except TemplateSyntaxError:
            return self._refuse("P001", prose, "表达式写得不对", f"检查花括号成对、名称和竖线；{EXAMPLE}")
        except UndefinedError:
            return self._refuse("P002", prose, f"表达式里有不认识的名称：{_expressions(prose.text)}", self._near(prose))
        except (MissingFactError, SecurityError) as trouble:
            said = str(trouble) if isinstance(trouble, MissingFactError) else "表达式只能引用数，不能调用别的"
            return self._refuse("P003", prose, said, "删去这个表达式，或补上它要的数")
        except (TemplateError, TypeError, ValueError, AttributeError, ArithmeticError):
            return self._refuse("P001", prose, "表达式算不出来", EXAMPLE)

    def _refuse(self, code: str, prose: Prose, message: str, hint: str) -> str:
        self.findings.append(error(code, message, prose.place, hint))
        return ""

    def _near(self, prose: Prose) -> str:
        written = _expressions(prose.text).split("|")[0].strip().removeprefix("change.").removeprefix("prior.")
        near = get_close_matches(written, self._catalogue.facts, n=3, cutoff=0.3)
        return f"相近的有：{'、'.join(near)}" if near else EXAMPLE


def _expressions(text: str) -> str:
    return text.partition("{{")[2].partition("}}")[0].strip()
