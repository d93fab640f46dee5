"""Every environment variable that Parley reads, once, with its default and meaning."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path


def _setting(name: str, default: str, meaning: str) -> str:
    return field(default=default, metadata={"variable": name, "meaning": meaning})


@dataclass(frozen=True)
class Settings:
    """The settings of one installation; texts as given, typed by the properties below."""

    home: str = _setting(
        "PARLEY_HOME", "var", "folder of database, models, logs, caches and the secret"
    )
    host: str = _setting("PARLEY_HOST", "127.0.0.1", "address that the web application listens on")
    port: str = _setting("PARLEY_PORT", "8000", "port of the web application")
    rasa_port: str = _setting("PARLEY_RASA_PORT", "5005", "loopback port of the Rasa server")
    actions_port: str = _setting(
        "PARLEY_ACTIONS_PORT", "5055", "loopback port of the action server"
    )
    database_url: str = _setting(
        "PARLEY_DATABASE_URL",
        "",
        "SQLAlchemy address of the ledger; empty: SQLite file under PARLEY_HOME",
    )
    secret: str = _setting(
        "PARLEY_SECRET",
        "",
        "key that signs requests and cookies; empty: made once and kept under PARLEY_HOME",
    )
    models: str = _setting(
        "PARLEY_MODELS", "", "folder of trained models; empty: `models/` under PARLEY_HOME"
    )
    content: str = _setting(
        "PARLEY_CONTENT", "data", "folder of playbook, house rules, law packs and lexicons"
    )
    rasa_timeout_ms: str = _setting(
        "PARLEY_RASA_TIMEOUT_MS",
        "2500",
        "longest wait for the assistant before the panel answers without it",
    )
    session_hours: str = _setting("PARLEY_SESSION_HOURS", "10", "hours after which a sign-in ends")
    idle_minutes: str = _setting(
        "PARLEY_IDLE_MINUTES", "120", "minutes without a request after which a sign-in ends"
    )
    https: str = _setting(
        "PARLEY_HTTPS",
        "0",
        "1 when a proxy serves the site over https: cookies are sent over https only",
    )
    trusted_hosts: str = _setting(
        "PARLEY_TRUSTED_HOSTS", "", "comma-separated host names that requests may name; empty: any"
    )
    embed_origins: str = _setting(
        "PARLEY_EMBED_ORIGINS",
        "",
        "comma-separated origins of CRM pages that may embed the panel and call the API",
    )
    rate_limit: str = _setting(
        "PARLEY_RATE_LIMIT", "600 per minute", "requests that one user may make to the API"
    )
    sign_in_limit: str = _setting(
        "PARLEY_SIGN_IN_LIMIT", "10 per minute", "sign-in attempts from one address"
    )
    web_threads: str = _setting(
        "PARLEY_WEB_THREADS", "64", "threads of the web server; each open stream holds one"
    )
    shell_user: str = _setting(
        "PARLEY_SHELL_USER",
        "",
        "sign-in name that messages typed in `rasa shell` act as; empty: they are refused. For developers only",
    )
    log_level: str = _setting(
        "PARLEY_LOG_LEVEL", "INFO", "how much is logged: DEBUG, INFO, WARNING or ERROR"
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings; a variable that is unset or empty keeps its default."""
        environment = os.environ if environment is None else environment
        values = {}
        for item in fields(cls):
            given = environment.get(item.metadata["variable"], "").strip()
            if given:
                values[item.name] = given
        return cls(**values)

    @property
    def home_folder(self) -> Path:
        """The folder of everything that this installation writes, made if it is not there."""
        folder = Path(self.home)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder

    @property
    def models_folder(self) -> Path:
        """The folder of trained models."""
        return Path(self.models) if self.models else self.home_folder / "models"

    @property
    def content_folder(self) -> Path:
        """The folder of the words: playbook, house rules, law."""
        return Path(self.content)

    @property
    def ledger_url(self) -> str:
        """The SQLAlchemy address of the ledger."""
        return self.database_url or f"sqlite:///{self.home_folder / 'parley.sqlite'}"

    @property
    def tracker_url(self) -> str:
        """The SQLAlchemy address of the chat's conversations, apart from the ledger."""
        return f"sqlite:///{self.home_folder / 'conversations.sqlite'}"

    @property
    def rasa_url(self) -> str:
        """Where the Rasa server answers."""
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_url(self) -> str:
        """Where the action server answers."""
        return f"http://127.0.0.1:{self.actions_port}/webhook"

    @property
    def web_url(self) -> str:
        """The address to open in a browser."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104 - read, not bound
        return f"http://{host}:{self.port}"

    @property
    def signing_key(self) -> bytes:
        """The key that all processes share; made once with mode 600 when none is set."""
        if self.secret:
            return self.secret.encode()
        path = self.home_folder / "secret"
        if not path.exists():
            # Written aside and then linked: processes that start together never see half a key.
            draft = path.with_name(f"secret.{secrets.token_hex(8)}")
            descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_hex(32).encode())
            with suppress(FileExistsError):
                os.link(draft, path)
            draft.unlink()
        return path.read_bytes()
