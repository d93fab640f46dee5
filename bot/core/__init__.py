"""The rules of the trade as plain values and functions: no I/O, no clock, no dice, no framework."""
