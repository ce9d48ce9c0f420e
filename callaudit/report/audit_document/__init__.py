"""The audit document: what is written from an inventory, findings and a load estimate, before any format."""
