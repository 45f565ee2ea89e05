"""Charts that are readable in grey print, drawn by matplotlib as SVG, the same for the same data."""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import chdir
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

_BAR_HEIGHT = 0.36
_WIDTH = 6.1
"""Inches: the measure of a text page."""

_FONTS = ("SimHei", "Noto Sans CJK SC", "sans-serif")
"""What the SVG asks for, as the style sheet does for headings."""

_MEASURES = ("SimHei", "Noto Sans CJK SC", "LXGW WenKai")
"""Fonts matplotlib may measure by: any with Chinese characters, all of which are one em wide."""

_STYLE: dict[Any, Any] = {
    "font.size": 10.5,
    "svg.hashsalt": "discgen",
    "svg.fonttype": "none",
    "axes.unicode_minus": False,
    "text.parse_math": False,
}


def chart_size(bars: int) -> tuple[float, float]:
    """Width and height of a chart in inches."""
    return _WIDTH, _BAR_HEIGHT * bars + 0.45


def bar_chart(labels: Sequence[str], values: Sequence[float], shown: Sequence[str], unit: str) -> str:
    """Horizontal bars in the order given, each with its figures written at its end.

    `values` (above zero) set the lengths only; what is read is `shown`, in `unit`.
    """
    mpl = _load_matplotlib()
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    measure = _measure()
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update({**_STYLE, "font.family": [measure]})
        figure = Figure(figsize=chart_size(len(values)), layout="constrained")
        axes = figure.add_subplot()
        positions = range(len(values) - 1, -1, -1)
        bars = axes.barh(positions, values, height=0.6, color="#6b6b6b", edgecolor="black", linewidth=0.6)
        axes.bar_label(bars, labels=list(shown), padding=4, fontsize=9.5)
        axes.set_yticks(positions, labels)
        axes.tick_params(left=False)
        axes.set_xlim(0, max(values) * 1.4)
        axes.set_ylim(-0.6, len(values) - 0.4)
        axes.xaxis.set_visible(False)
        axes.spines[["top", "right", "bottom"]].set_visible(False)
        axes.set_title(f"单位：{unit}", loc="right", fontsize=9)
        FigureCanvasSVG(figure)
        drawn = io.StringIO()
        figure.savefig(drawn, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    svg = drawn.getvalue()
    # WeasyPrint reads SVG font names between commas as they stand, blanks included.
    asked = ",".join(f"'{name}'" if " " in name else name for name in _FONTS)
    return svg[svg.index("<svg") :].replace(f"'{measure}'", asked)


def _load_matplotlib() -> ModuleType:
    """Loading takes as long as laying out several pages: only a document with charts pays."""
    os.environ.pop("MPLBACKEND", None)  # none is used, and one that matplotlib does not know stops its loading
    # It tells in English where it keeps its fonts when it may not write to the user's folder.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    if "matplotlib" in sys.modules:
        return sys.modules["matplotlib"]
    # It reads a matplotlibrc of the folder it is loaded in before any other: one that lies among the data, or is
    # no text, is left alone.
    found = find_spec("matplotlib")
    assert found is not None
    assert found.origin is not None  # it is installed with discgen
    with chdir(Path(found.origin).parent / "mpl-data"):
        return import_module("matplotlib")


def _measure() -> str:
    from matplotlib.font_manager import fontManager

    installed = set(fontManager.get_font_names())
    return next((name for name in _MEASURES if name in installed), "sans-serif")
