"""Use cases: load through a port, call the core, store, log."""
