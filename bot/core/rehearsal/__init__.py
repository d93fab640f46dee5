"""Practising with a simulated client: who they are, how they react, and what is learnt from it."""
