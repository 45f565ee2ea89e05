"""From a workbook's sheets of text to facts and prose, read by the sentences of the form."""
