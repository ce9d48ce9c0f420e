"""Rules: questions to the inventory whose answers are findings."""
