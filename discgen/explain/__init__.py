"""What the program can tell about itself and its documents: a rule in full, a printed number back to its lines."""
