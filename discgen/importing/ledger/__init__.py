"""Ledgers, one row a line, to facts."""
