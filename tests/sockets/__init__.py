"""Sockets: what waits for messages, and what sends them."""
