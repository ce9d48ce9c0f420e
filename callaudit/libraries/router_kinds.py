"""The kinds of routers that tables tell apart."""

PART = "part of an app"
"""A router that answers nothing by itself: an app or another router has to use it."""
