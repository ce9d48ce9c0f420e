"""What is read from code without running it."""
