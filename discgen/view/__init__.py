"""From a document to what a template needs: strings that are ready, in the order they are printed."""
