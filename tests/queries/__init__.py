"""Query libraries: what asks again, how often, and what stands before the network."""
