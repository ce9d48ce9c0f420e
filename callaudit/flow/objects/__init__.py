"""Objects and their classes: fields, members, constructors, who is handed which."""
