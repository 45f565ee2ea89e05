"""A text about one year to the same about the next."""

from __future__ import annotations

from discgen.rules.years import present_years

_LEAP_DAY = "02-29"


def next_year(text: str, year: int) -> str:
    """The text with `year` become the year after, where it is spoken of as present or to come.

    Other years stay, and so do those inside 《》, of 文号, and in what is told as past.
    """
    for found in reversed(present_years(text)):
        if found[0] == str(year):
            text = text[: found.start()] + str(year + 1) + text[found.end() :]
    return text


def same_day_next_year(day: str) -> str:
    """The day a year later, as `2024-04-30`; 28 February for the leap day."""
    year, _, rest = day.partition("-")
    return f"{int(year) + 1}-{'02-28' if rest == _LEAP_DAY else rest}"
