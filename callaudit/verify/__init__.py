"""Reads an audit document written by anybody, and holds what it claims against the code."""
