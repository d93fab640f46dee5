"""Keeps Rasa's logs at INFO and without local variables: both its debug lines and its traces print what people said."""

from __future__ import annotations

import logging

import structlog
from structlog.tracebacks import ExceptionDictTransformer


def quiet_logs(level: int = logging.INFO) -> None:
    """Set Rasa's standard and structured logs to a level (once, after Rasa can be imported)."""
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    configure_logging_and_warnings(log_level=level, warn_only_once=False, filter_repeated_logs=True)
    configure_structlog(level)
    without_locals = structlog.processors.ExceptionRenderer(
        ExceptionDictTransformer(show_locals=False)
    )
    processors = [
        without_locals if processor is structlog.processors.dict_tracebacks else processor
        for processor in structlog.get_config()["processors"]
    ]
    structlog.configure(processors=processors)
