"""The parts of a running program: its sides, routers, workers, and events between them."""
