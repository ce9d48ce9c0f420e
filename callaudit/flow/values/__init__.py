"""What expressions may be, how values are joined and compared, and what the platform makes of them."""
