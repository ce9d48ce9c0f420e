"""Tests that let only some of the runs through."""
