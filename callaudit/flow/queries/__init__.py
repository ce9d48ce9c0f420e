"""Query libraries: what a hook asks, when it asks again, what it keeps."""
