"""The command line: one file a command, what they share, and every failure in one table."""
