"""Tests of what stands between an entry and the network."""
