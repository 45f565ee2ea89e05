"""From a view to HTML and PDF. Only `discgen.render.pdf` knows WeasyPrint."""
