"""The year's code dictionaries: 政府收支分类科目 as data, so that no 科目名称 is ever typed."""
