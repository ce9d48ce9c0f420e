"""What libraries do with their arguments: one table of data for each."""
