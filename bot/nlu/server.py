"""Runs Rasa as `make run` does: loopback only, our channel only, lean, without TensorFlow, telemetry off."""

from __future__ import annotations

import os
from pathlib import Path

from bot.nlu.archives import newest_model as newest_model
from bot.nlu.light import leave_tensorflow_out
from bot.nlu.logs import quiet_logs
from bot.settings import Settings

#: Set before Rasa is imported: nothing is reported to anybody.
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}


def write_endpoints(settings: Settings) -> Path:
    """Write Rasa's endpoints file for this installation's ports and folders; returns its path."""
    path = settings.home_folder / "endpoints.yml"
    path.write_text(
        "\n".join(
            (
                "# Written at every start from the PARLEY_* settings; the file to edit is endpoints.yml.",
                "action_endpoint:",
                f"  url: {settings.actions_url}",
                "  enable_selective_domain: true",
                "tracker_store:",
                "  type: bot.nlu.tracker_store.CallTrackerStore",
                f"  url: {settings.tracker_url}",
                "lock_store:",
                "  type: bot.nlu.lock_store.QuickLockStore",
                "",
            )
        ),
        encoding="utf-8",
    )
    return path


def serve(settings: Settings) -> None:
    """Serve the model in service until the process is told to stop."""
    os.environ.update(QUIET)
    leave_tensorflow_out()
    import rasa.core.run
    from rasa.core.utils import AvailableEndpoints

    from bot.nlu.lean import make_lean

    make_lean()
    quiet_logs()
    model = newest_model(settings.models_folder)
    rasa.core.run.serve_application(
        model_path=str(model or settings.models_folder),
        credentials="credentials.yml",
        interface="127.0.0.1",
        port=int(settings.rasa_port),
        enable_api=True,
        jwt_secret=settings.signing_key.decode(),
        jwt_method="HS256",
        endpoints=AvailableEndpoints.read_endpoints(str(write_endpoints(settings))),
    )


if __name__ == "__main__":
    serve(Settings.from_environment())
