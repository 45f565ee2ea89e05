"""Two states of a department in the words of a budget: which facts differ, and what of the document with them.

`request` reads which states are meant and `run` compares them: `files` and `facts` say what differs in what was written,
`document` what follows from it, and each `as_…` shows that in a format with the words of `wording`.
"""
