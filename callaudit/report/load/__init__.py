"""The load estimate in each format."""
