"""What templates and prose may say about facts: the names they see and the filters they use.

Everything runs in Jinja's immutable sandbox with undefined names refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import partial
from types import SimpleNamespace
from typing import Any

from jinja2 import StrictUndefined, TemplateRuntimeError, Undefined, UndefinedError
from jinja2.runtime import Context
from jinja2.utils import missing
from msgspec.structs import replace

from discgen.form.form import Form
from discgen.ledger.facts import BUDGET_STAGES, Fact, FactBook
from discgen.model.line import Stage
from discgen.money import ZERO, NumberStyle, percent, round_half_up
from discgen.narrative.markup import Marker, plain
from discgen.phrases import as_list_item, chinese_number, direction, enumerated, fill_change_phrase
from discgen.sandbox import COMPILED_TEMPLATES, Sandbox


class MissingFactError(ValueError):
    """A fact without a value was asked for its amount; `str()` says so in Chinese."""


class UnshownError(TypeError):
    """A template prints a fact, or several, without saying how; `str()` says so in Chinese."""


class CalculationError(TypeError):
    """A template calculates; `str()` says so in Chinese."""


class UnknownNameError(UndefinedError):
    """A template asked for a `name` there is none of; `is_below` says whether another name stood before it."""

    def __init__(self, message: str, name: str, *, is_below: bool) -> None:
        super().__init__(message)
        self.name = name
        self.is_below = is_below


class _Unknown(StrictUndefined):
    """What an unknown name is to a template: an error when it is used, which keeps the name."""

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        raised: Any = exc
        if exc is UndefinedError and name is not None:
            raised = partial(UnknownNameError, name=str(name), is_below=obj is not missing)
        super().__init__(hint, obj, name, raised)


def fact_names(book: FactBook) -> dict[str, Any]:
    """Facts and groups by their dotted names: `income.total`, `prior.income.total`, `change.income.total`."""
    names: dict[str, Any] = {}
    for name in book.catalogue.facts:
        names[name] = book.this(name)
        names[f"prior.{name}"] = book.prior(name)
        names[f"change.{name}"] = book.change(name)
        for stage in BUDGET_STAGES:
            names[f"{stage}.{name}"] = book.at(stage, name)
    for name in book.catalogue.groups:
        names[name] = book.group(name)
    return names


def nested(names: Mapping[str, Any]) -> dict[str, Any]:
    """Dotted names as a template sees them: each step an attribute of the one before."""
    tree: dict[str, Any] = {}
    for name, value in names.items():
        first, _, below = name.partition(".")
        if below:
            tree.setdefault(first, {})[below] = value
        else:
            tree[first] = value
    return {
        step: SimpleNamespace(**nested(value)) if isinstance(value, dict) else value for step, value in tree.items()
    }


class Filters:
    """The filters, in the style of one form. Each shows facts and marks what it shows."""

    def __init__(self, form: Form, book: FactBook, marker: Marker) -> None:
        self._form = form
        self._book = book
        self._marker = marker

    def by_name(self) -> dict[str, Callable[..., Any]]:
        """All filters by the name that templates use."""
        return {
            "amount": self.amount,
            "万元": lambda fact: self._in_unit(fact, "万元"),
            "元": lambda fact: self._in_unit(fact, "元"),
            "share": self.share,
            "versus_prior": self.versus_prior,
            "versus_executed": self.versus_executed,
            "names": self.names,
            "listed": self.listed,
            "listed_with_share": self.listed_with_share,
            "prior": self.prior,
            "executed_before": lambda fact: self._book.executed_before(fact.name),
            "approved": lambda fact: self.at(Stage.APPROVED, fact),
            "adjusted": lambda fact: self.at(Stage.ADJUSTED, fact),
            "below": below,
            "chinese": chinese_number,
            "enumerated": enumerated,
        }

    def amount(self, fact: Fact, style: str = "text") -> str:
        """The amount in one of the form's styles, with its unit; of a change its size without a sign, since the phrase says which way it went."""
        return self._show(fact, self._form.numbers[style])

    def _in_unit(self, fact: Fact, unit: str) -> str:
        return self._show(fact, replace(self._form.numbers["text"], unit=unit))

    def prior(self, fact: Fact) -> Fact:
        """What the fact was last year."""
        return self._book.prior(fact.name)

    def at(self, stage: Stage, fact: Fact) -> Fact:
        """What the fact was at another stage of the year."""
        return self._book.at(stage, fact.name)

    def _show(self, fact: Fact, style: NumberStyle) -> str:
        value = abs(_value(fact)) if fact.operands else _value(fact)
        return self._marker.mark(fact, style.show(value) + style.unit)

    def share(self, fact: Fact, whole: Fact) -> str:
        """What part of `whole` the fact is, as a percentage; zero of nothing is nothing."""
        part = percent(_value(fact), _value(whole)) or Decimal(0)
        return self._show_share(f"{fact.title}占{whole.title}", part, fact, whole)

    def _show_share(self, title: str, part: Decimal, fact: Fact, whole: Fact) -> str:
        lines = (*fact.lines, *whole.lines)
        derived = Fact(f"{fact.name}/{whole.name}", title, part, lines, operands=(fact, whole))
        return self._marker.mark(derived, self._form.percent.show(part))

    def versus_prior(self, fact: Fact, phrase: str = "change", style: str = "text") -> str:
        """The form's phrase for how the fact changed since last year, as one of its styles shows it."""
        return self._versus(self._book.change(fact.name), phrase, style)

    def versus_executed(self, fact: Fact, phrase: str = "execution") -> str:
        """The form's phrase for how the fact differs from what of last year's budget was executed."""
        return self._versus(self._book.beyond_executed(fact.name), phrase, "text")

    def _versus(self, change: Fact, phrase: str, style: str) -> str:
        fact, before = change.operands
        rounded = self._form.numbers[style].rounded
        base = _value(before) if rounded(_value(before)) else ZERO  # of what is printed as zero there is no percentage
        way = direction(_value(fact), base) if rounded(_value(change)) else "unchanged"
        share = percent(abs(_value(change)), max(base, ZERO))
        is_shown = share is not None and round_half_up(share, self._form.percent.places) != 0
        shown_share = self._show_share(f"{change.title}的幅度", share, change, before) if share and is_shown else ""
        return fill_change_phrase(self._form.phrases[phrase], way, self.amount(change, style), shown_share)

    def is_comparable(self, fact: Fact) -> bool:
        """Whether last year's amount is known."""
        return self._book.prior(fact.name).value is not None

    def is_changed(self, fact: Fact, style: str = "text") -> bool:
        """Whether the amount is known to differ from last year's by as much as one of the form's styles shows."""
        change = self._book.change(fact.name).value
        return change is not None and self._form.numbers[style].rounded(change) != 0

    def is_over(self, fact: Fact, other: Fact) -> bool:
        """Whether the amount is shown as more than the other."""
        style = self._form.numbers["text"]
        return style.rounded(_value(fact)) > style.rounded(_value(other))

    def names(self, facts: Iterable[Fact]) -> str:
        """The names of the facts."""
        return enumerated(fact.title for fact in facts)

    def listed(self, facts: Iterable[Fact]) -> str:
        """Names with amounts."""
        return "、".join(as_list_item(fact.title) + self.amount(fact) for fact in facts)

    def listed_with_share(self, facts: Iterable[Fact], whole: Fact) -> str:
        """Names with amounts and shares of `whole`."""
        return "；".join(f"{fact.title}{self.amount(fact)}，占{self.share(fact, whole)}" for fact in facts)


def is_worded_as(text: str, other: str | None) -> bool:
    """Whether two texts read alike, wherever each is written."""
    return plain(text) == plain(other or "")


def below(facts: Iterable[Fact], above: Fact) -> list[Fact]:
    """Of the parts by code, those of the class or group that `above` is."""
    return [fact for fact in facts if fact.key.startswith(above.key)]


def _value(fact: Fact) -> Decimal:
    if fact.value is None:
        raise MissingFactError(f"没有“{fact.title}”这个数")
    return fact.value


def _printed(value: object) -> object:
    """What `{{ … }}` prints: text and numbers. Raises UnshownError for what would be printed as Python writes it."""
    if isinstance(value, str | int | Decimal | Undefined):
        return value
    title = f"“{value.title}”" if isinstance(value, Fact) else "一组数"
    raise UnshownError(f"花括号里的{title}没有说怎样印，数要写成{{{{ … | amount }}}}")


class _Words(Sandbox):
    """The sandbox of sentences. They calculate nothing and take no text apart, so that no line of a form can come to more
    than what stands in it and in the data.
    """

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002
        """Raises CalculationError: a template that needs arithmetic is asking for a fact."""
        message = f"模板里不能算“{operator}”，要印的数在facts.yaml里取名"
        raise CalculationError(message)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may see an attribute: none of a text."""
        return not isinstance(obj, str) and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """A text has no `format` either."""

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        """What a template may not see is to it what there is not."""
        return self.undefined(obj=obj, name=attribute)


_ENDLESS = ("range", "lipsum")
"""Jinja's own names that come to as much as a number says."""
_WIDE = ("center", "format", "indent", "wordwrap")
"""Its filters that do."""


def sandbox(filters: Filters, **options: Any) -> Sandbox:
    """An environment with the filters and tests, in which an unknown name is an error."""
    environment = _Words(
        undefined=_Unknown,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
        bytecode_cache=COMPILED_TEMPLATES,
        **options,
    )
    for name in _ENDLESS:
        del environment.globals[name]
    for name in _WIDE:
        del environment.filters[name]
    environment.filters.update(filters.by_name())
    environment.tests.update(
        comparable=filters.is_comparable,
        changed=filters.is_changed,
        over=filters.is_over,
        under=lambda fact, other: filters.is_over(other, fact),
        worded_as=is_worded_as,
    )
    return environment
