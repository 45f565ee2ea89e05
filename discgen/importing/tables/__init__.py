"""Published tables, recognised by their form and read backwards, to facts."""
