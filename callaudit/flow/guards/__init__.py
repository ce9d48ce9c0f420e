"""What stands between a caller and the network: caches, limits, locks, shared requests."""
