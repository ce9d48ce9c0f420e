"""Which provider and endpoint a call goes to, what it costs there, and which quota pays for it."""
