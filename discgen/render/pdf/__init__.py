"""Laid-out units and how they become one file. Nothing here loads WeasyPrint: what is joined has been laid out before."""
