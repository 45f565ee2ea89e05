"""From composed documents to PDFs on disk: in several processes, with the fonts that the machine has."""
