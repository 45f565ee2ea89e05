"""A bureau's list of 政府收支分类科目 to the tables of codes of its workspace."""
