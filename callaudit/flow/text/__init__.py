"""Strings that are partly known, and the URLs that are made of them."""
