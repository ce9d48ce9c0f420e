"""Lists, maps and tables: how they are filled, how long they are, which items are taken."""
