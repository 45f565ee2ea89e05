"""From a view to HTML and PDF. Only `discgen.render.layout` knows WeasyPrint."""
