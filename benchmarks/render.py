"""How long our PDF takes beside plain WeasyPrint on the very same HTML, as ratios of one run.

Plain means `HTML(string=…).write_pdf(pdf_variant="pdf/ua-1")` in a fresh process, without
what `discgen.render.layout` adds (justified Chinese, mended tags, attachment) or leaves out
(garbage collection). Each way runs in processes of its own, turn by turn; medians are
compared, so that what else the machine does falls on both alike.

    python benchmarks/render.py [department/year] [rounds]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_COMPOSE = """
import sys, time
from pathlib import Path
from discgen.load.workspace import Workspace
from discgen.pipeline import compose
from discgen.render.html import render_html
from discgen.view.page import view_document
workspace = Workspace(Path(sys.argv[1]))
html = render_html(view_document(compose(workspace, workspace.select((sys.argv[2],))[0]).document))
Path(sys.argv[3]).write_text(html, encoding="utf-8")
"""

_WAYS = {
    "plain": """
import sys, time
from pathlib import Path
html = Path(sys.argv[1]).read_text(encoding="utf-8")
from weasyprint import HTML
started = time.perf_counter()
HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
print(time.perf_counter() - started)
""",
    "plain, no tags": """
import sys, time
from pathlib import Path
html = Path(sys.argv[1]).read_text(encoding="utf-8")
from weasyprint import HTML
started = time.perf_counter()
HTML(string=html).write_pdf()
print(time.perf_counter() - started)
""",
    "discgen": """
import sys, time
from pathlib import Path
html = Path(sys.argv[1]).read_text(encoding="utf-8")
from discgen.render.layout.unit import lay_out
from discgen.render.pdf.assemble import Piece, assemble
from discgen.render.pdf.metadata import Properties
started = time.perf_counter()
assemble([Piece(0, lay_out(html))], Properties(""))
print(time.perf_counter() - started)
""",
}


def main(target: str, rounds: int) -> None:
    """Print the seconds of each way and their ratio to the plain one."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        subprocess.run([sys.executable, "-c", _COMPOSE, str(ROOT), target, str(page)], check=True)
        seconds: dict[str, list[float]] = {way: [] for way in _WAYS}
        for _ in range(rounds):
            for way, program in _WAYS.items():
                done = subprocess.run([sys.executable, "-c", program, str(page)], check=True, capture_output=True)
                seconds[way].append(float(done.stdout))
    plain = statistics.median(seconds["plain"])
    for way, times in seconds.items():
        median = statistics.median(times)
        print(f"{way:15} {median:6.2f} s   {median / plain:.2f} of plain")


if __name__ == "__main__":
    arguments = dict(enumerate(sys.argv))
    main(arguments.get(1, "lvliang-xzsp/2023"), int(arguments.get(2, "3")))
