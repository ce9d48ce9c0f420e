"""Who mounts, who calls, who pays."""
