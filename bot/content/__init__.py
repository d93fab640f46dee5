"""Reads and checks the words under data/: YAML in, core objects out, every fault with file, line and remedy."""
