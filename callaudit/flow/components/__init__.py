"""Components: how they are drawn, what they keep, and what happens in them."""
