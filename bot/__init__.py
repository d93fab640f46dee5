"""Parley: a coach for difficult-client calls.

The rings, outermost first; imports point inwards only (import-linter keeps it so):

    actions | bot.web | bot.cli        entry points: parse, call one service, format
                bot.bootstrap          wires
    bot.db  | bot.content | bot.nlu    adapters; they never import each other
                bot.services           use cases and their ports
                 bot.core              plain Python: no I/O, no clock, no dice
"""
