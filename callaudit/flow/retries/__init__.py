"""What is tried again, how often, and after which waits."""
