"""Questions one after another, of which each answer may be taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import click

from discgen.cli.screen import say

BACK = ("<", "＜", "上一步")
"""What takes back the answer before."""


class TakenBackError(Exception):
    """The answer before is to be given anew."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the `key` under which its answer is kept.

    `default` is what an empty answer means, None where there must be one; `shown` whether the question shows it.
    """

    key: str
    text: str
    kind: click.ParamType[Any]
    default: str | None = None
    shown: bool = True

    def ask(self) -> Any:
        """The answer. Raises TakenBackError, and click.Abort where nobody answers any more."""
        is_shown = self.shown and self.default is not None
        return click.prompt(
            self.text, type=self.kind, default=self.default or "", show_default=is_shown, value_proc=self._answer
        )

    def _answer(self, said: str) -> Any:
        if said.strip() in BACK:
            raise TakenBackError
        if self.default is None and not said.strip():
            raise click.UsageError("这一项要填")
        return self.kind(said)


def ask_all(next_question: Callable[[Mapping[str, Any]], Question | None], given: Mapping[str, Any]) -> dict[str, Any]:
    """All answers, those `given` among them; `next_question` says what is still to be asked."""
    answers = dict(given)
    asked: list[str] = []
    while (question := next_question(answers)) is not None:
        try:
            answers[question.key] = question.ask()
            asked.append(question.key)
        except TakenBackError:
            if asked:
                del answers[asked.pop()]
            else:
                say("这是第一个问题，前面没有了")
    return answers
