"""Writing the files of a department-year: skeletons to fill in, and next year's from last year's."""
