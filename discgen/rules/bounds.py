"""What a figure that no other figure confirms may be: bounds that are data, each with its reason.

Source: `schema/bounds.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from discgen.resources import data_folder
from discgen.shipped import read_shipped


@dataclass(frozen=True, slots=True)
class Bound:
    """From `least` to `most`, both included; None where it is open. What is counted is for who asks to know."""

    least: Decimal | None
    most: Decimal | None
    unit: str
    reason: str

    def holds(self, value: Decimal) -> bool:
        """Whether a value is within."""
        return not self.is_below(value) and not self.is_beyond(value)

    def is_below(self, value: Decimal) -> bool:
        """Whether a value is less than `least`."""
        return self.least is not None and value < self.least

    def is_beyond(self, value: Decimal) -> bool:
        """Whether a value is more than `most`."""
        return self.most is not None and value > self.most


def bound(name: str) -> Bound:
    """The bound of this name. Raises KeyError where there is none."""
    return load_bounds()[name]


@cache
def load_bounds() -> Mapping[str, Bound]:
    """All bounds by name. Raises ShippedDataError where the file is not as its schema asks."""
    written = read_shipped(data_folder("schema"), "bounds.yaml", "bounds")["bounds"]
    return {
        name: Bound(
            least=Decimal(said["least"]) if "least" in said else None,
            most=Decimal(said["most"]) if "most" in said else None,
            unit=said["unit"],
            reason=said["reason"],
        )
        for name, said in written.items()
    }
