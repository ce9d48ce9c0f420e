"""One module a library, each with one `LIBRARY`; they are found by their presence here."""
