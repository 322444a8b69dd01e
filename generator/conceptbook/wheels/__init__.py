"""Pure-Python wheels that a notebook locks by their hashes: read, kept, fetched."""
