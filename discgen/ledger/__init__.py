"""Questions over lines. Every answer remembers the lines it was added from."""
