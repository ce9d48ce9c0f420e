"""Which name means what across modules, and which functions may come to the network."""
