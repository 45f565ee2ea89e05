"""The frozen facts of a disclosure: what a department wrote, typed, exact, each with its place."""
