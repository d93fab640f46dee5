"""The doorway between Rasa and the use cases: every custom action, none over sixty lines."""
