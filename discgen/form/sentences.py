"""A form's templates to what their sentences say: each figure and text that stands in them, with the words before it.

`政府采购货物预算{{ procurement.goods | amount }}` says that 政府采购货物预算 is called `procurement.goods`. So the sentences
of a document that somebody wrote by hand are read by the form that would have written them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, nodes
from msgspec import Struct

from discgen.form.form import Form
from discgen.form.printed import SUFFIX, dotted, reached_templates, template_loader
from discgen.ledger.facts import PRIOR_EXECUTED

AMOUNT, COUNT, CHANGE, REASON, PURPOSE = "amount", "count", "change", "reason", "purpose"
CODE_REASON = "code_reason"
"""What may stand in a sentence: an amount, another figure, a comparison with last year, and an author's clauses."""
PART_OF = ".*"
"""What ends the name of a group's part in a loop."""
_AMOUNTS = {"amount", "万元", "元"}
_CHANGES = {"versus_prior"}
_CLAUSES = {"reasons": REASON, "purposes": PURPOSE, "reasons_by_code": CODE_REASON}
_AT_OTHER_TIMES = {"executed_before": f"{PRIOR_EXECUTED}."}
"""Filters that say of which time an amount is, and what stands before the name of the fact then."""
_HEADING = re.compile(r"#{1,4} +(.*)")
_SEPARATORS = re.compile(r"[，。；：、\n]")
_BEFORE_LABEL = re.compile(
    r"^(?:年度?|本(?:部门|单位)|（(?:部门|单位)）|（[一二三四五六七八九十]+）|[0-9]*[.．]\s*|[“”])+"
)
"""What stands before the words that call a figure and is no part of them."""


class Mention(Struct, frozen=True):
    """What stands in a sentence (`kind`), its name in the template, and the words that call it; '' where none do."""

    kind: str
    name: str
    label: str


class Section(Struct, frozen=True):
    """A part or a section of a part: its heading, what its sentences say in their order, and its clauses without figures."""

    name: str
    heading: str
    mentions: tuple[Mention, ...]
    fixed: tuple[str, ...]


class Sections(Struct, frozen=True):
    """The parts of a form and the sections of 情况说明, by their names in `form.yaml`."""

    parts: Mapping[str, Section]
    sections: Mapping[str, Section]


def form_sections(form: Form) -> Sections:
    """What each part and section of the form says."""
    environment, loader = Environment(autoescape=True), template_loader(form)

    def read(name: str) -> nodes.Template | None:
        try:
            return environment.parse(loader.get_source(environment, name)[0])
        except (TemplateNotFound, TemplateSyntaxError):  # reported where the form is tried
            return None

    macros = {
        macro.name: macro
        for template in reached_templates(form.parts, form.sections, read)
        for macro in template.find_all(nodes.Macro)
    }

    own_words = {"scope": form.scope.label, **{f"wording.{key}": words for key, words in form.wording.items()}}

    def section(name: str, file: str) -> Section:
        speaker = _Speaker(macros, read, own_words)
        speaker.take_in(f"{file}{SUFFIX}", {})
        speaker.end_clause()
        return Section(name, speaker.heading, tuple(speaker.mentions), tuple(dict.fromkeys(speaker.fixed)))

    parts = {name: section(name, name) for name in form.parts}
    sections = {name: section(name, f"situation/{name}") for name in form.sections}
    return Sections(parts, sections)


_Names = Mapping[str, "tuple[nodes.Node, _Names] | str"]
"""What a name of a macro or a loop stands for: a node with the names that it is read by, or the group of a part."""


class _Speaker:
    """Goes through a template from the top down, all branches one after the other."""

    def __init__(
        self,
        macros: Mapping[str, nodes.Macro],
        read: Callable[[str], nodes.Template | None],
        wording: Mapping[str, str],
    ) -> None:
        """`read` gives the syntax of a template, `wording` the form's own words by the names that stand for them."""
        self._macros, self._template, self._wording = macros, read, wording
        self._words = ""
        self._in_heading = self._is_own = False
        self._bare = True
        """Whether nothing but words stood in the clause."""
        self.heading = ""
        self.mentions: list[Mention] = []
        self.fixed: list[str] = []

    def take_in(self, name: str, names: _Names) -> None:
        """Go through a template by its name."""
        template = self._template(name)
        if template is not None:
            self.walk(template, names)

    def walk(self, node: nodes.Node, names: _Names) -> None:
        """Go through a piece of a template; `names` are what its names stand for."""
        if isinstance(node, nodes.If):
            self._branch(node, names)
        elif isinstance(node, nodes.For):
            target = node.target.name if isinstance(node.target, nodes.Name) else ""
            self._steps([*node.body, *node.else_], {**names, target: _resolved(node.iter, names)})
        elif isinstance(node, nodes.Output):
            for part in node.nodes:
                self._say(part, names)
        elif isinstance(node, nodes.Include):
            if isinstance(node.template, nodes.Const):  # one that is taken in by another's name is a section apart
                self.take_in(str(node.template.value), names)
        elif not isinstance(node, nodes.Macro | nodes.Assign | nodes.Import | nodes.FromImport):
            self._steps(node.iter_child_nodes(), names)

    def _steps(self, steps: Iterable[nodes.Node], names: _Names) -> None:
        for step in steps:
            self.walk(step, names)

    def _branch(self, node: nodes.If, names: _Names) -> None:
        """Each branch after the words before it; what follows stands after these too, as where no branch is taken."""
        before = self._words, self._bare
        for branch in (node.body, node.elif_, node.else_):
            self._steps(branch, names)
            self._words, self._bare = before

    def _say(self, node: nodes.Node, names: _Names) -> None:
        if isinstance(node, nodes.TemplateData):
            self._say_words(node.data)
        elif isinstance(node, nodes.Const):
            self._say_words(str(node.value))
        elif isinstance(node, nodes.CondExpr):
            self._bare = False
        elif isinstance(node, nodes.Filter) and node.node is not None:
            self._say_filtered(node.name, node.node, names)
        elif isinstance(node, nodes.Call):
            self._say_called(node, names)
        elif name := _resolved(node, names):
            words = self._wording.get(name, "{}")
            if "{" in words:
                self._mention(COUNT, name)
            else:
                self._say_words(words)
        elif isinstance(node, nodes.Name) and isinstance(names.get(node.name), tuple):
            self._say(*names[node.name])

    def _say_filtered(self, name: str, node: nodes.Node, names: _Names) -> None:
        time = _AT_OTHER_TIMES.get(node.name, "") if isinstance(node, nodes.Filter) else ""
        inner = node.node if isinstance(node, nodes.Filter) and time else node
        fact = f"{time}{known}" if inner and (known := _resolved(inner, names)) else ""
        if fact and name in _AMOUNTS:
            self._mention(AMOUNT, fact)
        elif fact and name in _CHANGES:
            self._mention(CHANGE, fact)
        else:
            self._bare = False

    def _say_called(self, node: nodes.Call, names: _Names) -> None:
        called = dotted(node.node)
        clauses, _, method = called.rpartition(".")
        if method == "get" and clauses in _CLAUSES:
            key = node.args[0]
            self._mention(_CLAUSES[clauses], str(key.value) if isinstance(key, nodes.Const) else "")
        elif called in self._macros:
            macro = self._macros[called]
            pairs = zip(macro.args, node.args, strict=False)
            inner = {**names, **{parameter.name: (value, names) for parameter, value in pairs}}
            self._steps(macro.body, inner)
        else:
            self._bare = False

    def _say_words(self, words: str) -> None:
        for line in words.splitlines(keepends=True):
            begins = _HEADING.match(line)
            if begins or self._in_heading:
                self._is_own = not self.heading if begins else self._is_own
                self._say_heading(begins[1] if begins else line)
                self._in_heading = not line.endswith("\n")
            else:
                self._gather(line)

    def _say_heading(self, words: str) -> None:
        """Of a template the first heading is its own; those below it are clauses that stand in lines of their own."""
        if self._is_own:
            self.heading += words.strip()
        else:
            self.fixed.append(words.strip())

    def _gather(self, line: str) -> None:
        pieces = _SEPARATORS.split(line.rstrip("\n"))
        for number, piece in enumerate(pieces):
            if number:
                self.end_clause()
            self._words += piece.strip()

    def end_clause(self) -> None:
        """Keep a clause of words only, and begin another."""
        if self._bare and self._words:
            self.fixed.append(self._words)
        self._words, self._bare = "", True

    def _mention(self, kind: str, name: str) -> None:
        if self._in_heading:
            return
        self.mentions.append(Mention(kind, name, _BEFORE_LABEL.sub("", self._words)))
        self._words, self._bare = "", False


def _resolved(node: nodes.Node, names: _Names) -> str:
    """The dotted name of a node, with what parameters and loops stand for in their place; '' for what is no name."""
    name = dotted(node)
    first, _, rest = name.partition(".")
    meant = names.get(first)
    if meant is None:
        return name
    begin = meant if isinstance(meant, str) else _resolved(*meant)
    begin = f"{begin}{PART_OF}" if isinstance(meant, str) and begin else begin
    return f"{begin}.{rest}" if begin and rest else begin
