"""A 表式 (form) as data: titles, columns, wording, number style of one region and year."""
