"""What code does to the network, as trees, and what it costs."""
