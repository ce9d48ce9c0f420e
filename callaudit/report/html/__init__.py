"""The audit document as one HTML file that needs nothing else."""
