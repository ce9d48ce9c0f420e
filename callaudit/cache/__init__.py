"""What one run leaves for the next: bytes under keys that say everything they depend on."""
