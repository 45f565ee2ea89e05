"""discgen turns a department's facts, written once as YAML, into its whole 部门预算 disclosure."""

__version__ = "0.1.0"
