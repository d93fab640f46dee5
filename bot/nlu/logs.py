"""Keeps Rasa's logs at INFO: its debug lines print trackers and what people said."""

from __future__ import annotations

import logging


def quiet_logs(level: int = logging.INFO) -> None:
    """Set Rasa's standard and structured logs to a level (once, after Rasa can be imported)."""
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    configure_logging_and_warnings(log_level=level, warn_only_once=False, filter_repeated_logs=True)
    configure_structlog(level)
