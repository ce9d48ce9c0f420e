"""The inventory: entries, calls and endpoints with what one run costs, and how it is stored and asked."""
