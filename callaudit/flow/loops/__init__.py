"""Loops and recursion: how often they run, and what they go over."""
