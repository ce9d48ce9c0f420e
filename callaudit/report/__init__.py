"""What is shown of an inventory: one renderer a file, no analysis in any of them."""
