"""Counts and times what the web application does, for Prometheus."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, Response, current_app, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

#: Around the budget of a turn: 50 ms alone, 150 ms under load.
_TURN_BUCKETS = (0.01, 0.02, 0.035, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0)

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@dataclass(frozen=True)
class Metrics:
    """The figures of one application, in a registry of its own."""

    registry: CollectorRegistry
    requests: Counter
    turns: Histogram
    streams: Gauge


def init_app(app: Flask) -> None:
    """Count every answer by endpoint and status."""
    registry = CollectorRegistry()
    app.extensions["parley-metrics"] = Metrics(
        registry=registry,
        requests=Counter(
            "parley_requests",
            "Answers by method, endpoint and status.",
            ("method", "endpoint", "status"),
            registry=registry,
        ),
        turns=Histogram(
            "parley_turn_seconds",
            "Time from a turn's arrival to its advice, by speaker and how it was heard.",
            ("speaker", "heard"),
            buckets=_TURN_BUCKETS,
            registry=registry,
        ),
        streams=Gauge("parley_open_streams", "Event streams that are open.", registry=registry),
    )
    app.after_request(_count)


def metrics() -> Metrics:
    """The figures of the present application."""
    found: Metrics = current_app.extensions["parley-metrics"]
    return found


def _count(response: Response) -> Response:
    endpoint = request.endpoint or "unknown"
    # Anybody can make up a method, and each would be a series of its own for good.
    method = request.method if request.method in _METHODS else "OTHER"
    metrics().requests.labels(method, endpoint, str(response.status_code)).inc()
    return response
