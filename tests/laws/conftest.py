"""Rasa is imported here without TensorFlow, as our own launcher does it."""

from __future__ import annotations

from bot.nlu.light import leave_tensorflow_out

leave_tensorflow_out()
