"""Sums that are known to the amounts they are sums of, as far as they settle them.

Amounts are whole numbers of 分 within bounds. A sum bounds each of its parts by what the others can be;
the bounds are drawn together until nothing moves. What is then still open is not settled by the sums.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

from msgspec import Struct

_FAR = 10**20
"""Beyond any budget in 分."""


class Equation(Struct, frozen=True):
    """The parts, by their number, with +1 or -1; together they are `total`. `name` is what messages call the sum."""

    parts: Mapping[int, int]
    total: int
    name: str


class ContradictionError(ValueError):
    """Sums that cannot all be right; `equation` is the one that showed it, `reached` what its parts can come to."""

    def __init__(self, equation: Equation, reached: tuple[int, int]) -> None:
        self.equation, self.reached = equation, reached
        super().__init__(equation.name)


class Amounts:
    """The bounds of each amount, drawn together by equations."""

    def __init__(self, count: int, equations: Sequence[Equation], negative: Sequence[bool]) -> None:
        """Amounts below zero are possible where `negative` says so. Raises ContradictionError."""
        self.lower = [-_FAR if is_negative else 0 for is_negative in negative]
        self.upper = [_FAR] * count
        self._equations = equations
        self._of: list[list[int]] = [[] for _ in range(count)]
        for number, equation in enumerate(equations):
            for part in equation.parts:
                self._of[part].append(number)
        self._settle(range(len(equations)))

    def is_settled(self, part: int) -> bool:
        """Whether the bounds of an amount have met."""
        return self.lower[part] == self.upper[part]

    def assume(self, part: int) -> None:
        """Let an open amount be the most it can be, else the least. Raises ContradictionError where neither can be."""
        kept = (self.lower.copy(), self.upper.copy())
        try:
            self._fix(part, self.upper[part])
        except ContradictionError:
            self.lower, self.upper = kept
            self._fix(part, self.lower[part])

    def let_be_nothing(self, part: int) -> None:
        """Let an amount be zero, unless the sums say otherwise."""
        if self.lower[part] <= 0 <= self.upper[part] and not self.is_settled(part):
            kept = (self.lower.copy(), self.upper.copy())
            try:
                self._fix(part, 0)
            except ContradictionError:
                self.lower, self.upper = kept

    def _fix(self, part: int, amount: int) -> None:
        self.lower[part] = self.upper[part] = amount
        self._settle(self._of[part])

    def _settle(self, numbers: Sequence[int]) -> None:
        waiting = deque(numbers)
        queued = set(waiting)
        while waiting:
            number = waiting.popleft()
            queued.discard(number)
            for part in self._draw(self._equations[number]):
                more = [other for other in self._of[part] if other not in queued]
                waiting.extend(more)
                queued.update(more)

    def _draw(self, equation: Equation) -> list[int]:
        """Narrow the bounds of the parts by each other; the parts whose bounds moved are returned."""
        ranges = {part: self._range(part, sign) for part, sign in equation.parts.items()}
        least = sum(low for low, _ in ranges.values())
        most = sum(high for _, high in ranges.values())
        if not least <= equation.total <= most:
            raise ContradictionError(equation, (least, most))
        moved = []
        for part, (low, high) in ranges.items():
            new_low, new_high = max(low, equation.total - most + high), min(high, equation.total - least + low)
            if (new_low, new_high) != (low, high):
                sign = equation.parts[part]
                self.lower[part], self.upper[part] = (new_low, new_high) if sign > 0 else (-new_high, -new_low)
                moved.append(part)
        return moved

    def _range(self, part: int, sign: int) -> tuple[int, int]:
        low, high = self.lower[part], self.upper[part]
        return (low, high) if sign > 0 else (-high, -low)
