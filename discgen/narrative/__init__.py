"""From facts and prose to the document's text: headings and sentences whose every number knows its fact."""
