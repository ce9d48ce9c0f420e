"""Tests of the provider profiles and of matching calls against them."""
