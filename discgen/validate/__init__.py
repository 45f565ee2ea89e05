"""Is a tree of the shape its JSON Schema asks for? Findings in Chinese, at the place of what is wrong."""
