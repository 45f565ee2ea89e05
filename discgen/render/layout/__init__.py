"""The only package that knows WeasyPrint. Pinned to one release: `justify` and `structure` mend its internals."""

from __future__ import annotations

import os

from discgen.render.layout.surroundings import pin

pin(os.environ)  # the modules of this package load the libraries
