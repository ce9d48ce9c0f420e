"""Find every upstream API call that a codebase makes."""

__version__ = "0.1.0"
