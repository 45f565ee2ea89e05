"""How deep headings stand in the document's outline.

A form may number a heading as of a rank that leaves one out: 1、 straight below 一、 is printed in
Shanxi. What reads the page aloud must find no gap (ISO 14289-1, 7.4.2; WCAG 2, 1.3.1), so a
heading stands one level below the one it belongs to, whatever its rank.
"""

from __future__ import annotations


class Outline:
    """The headings that are open at a place of the document."""

    def __init__(self) -> None:
        self._ranks: list[int] = []

    def enter(self, rank: int) -> int:
        """The level of a heading of this rank, both from 1; what stood beside and below it is closed."""
        self._ranks = [open_rank for open_rank in self._ranks if open_rank < rank] + [rank]
        return len(self._ranks)

    def below(self) -> int:
        """The level of what stands below the last heading."""
        return len(self._ranks) + 1
