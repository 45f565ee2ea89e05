"""The only package that knows WeasyPrint. Pinned to one release: `justify` and `structure` mend its internals."""
