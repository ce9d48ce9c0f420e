"""Expressions and statements, run on values that are only partly known."""
