"""What the code may do when it runs: values, effects and their cost."""
