"""What a check found, one file a format."""
