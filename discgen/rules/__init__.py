"""What must hold beyond the shape of files: pure functions from a case to diagnostics."""
