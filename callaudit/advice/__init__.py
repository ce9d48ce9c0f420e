"""What findings and load come to: what breaks first, what to change, how urgent, at what effort, with what risk."""
