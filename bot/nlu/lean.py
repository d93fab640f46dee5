"""Takes measured costs out of Rasa's turn and training without changing an answer.

- `RemoteAction` checked its constant JSON schema against the meta-schema on every action call: two thirds of
  the time of a turn with an action. The validator is now made once; answers are still validated.
- `Event.resolve_by_type` walked all subclasses of Event for every stored event. It is now remembered.
"""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path
from typing import Any

import rasa
from jsonschema import Draft202012Validator
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event
from rasa.shared.nlu.training_data.formats.rasa_yaml import NLU_SCHEMA_FILE
from rasa.shared.utils import validation
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

_VALIDATOR = Draft202012Validator(RemoteAction.action_response_format_spec())


def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    fault = next(_VALIDATOR.iter_errors(result), None)
    if fault is not None:
        raise fault
    return True


def make_lean() -> None:
    """Apply both; safe to call twice."""
    RemoteAction._validate_action_result = _validate_action_result
    if not hasattr(Event.resolve_by_type, "cache_info"):
        Event.resolve_by_type = staticmethod(functools.lru_cache(None)(Event.resolve_by_type))


def is_plain_training_file(content: str) -> bool:
    """Whether a file holds nothing but intents with lists of examples, each a text with metadata."""
    try:
        document = YAML(typ="safe").load(content)
    except YAMLError:
        return False
    if not isinstance(document, dict) or set(document) != {"version", "nlu"}:
        return False
    blocks = document["nlu"]
    return (
        isinstance(document["version"], str)
        and isinstance(blocks, list)
        and all(map(_is_plain_block, blocks))
    )


def _is_plain_block(block: Any) -> bool:
    return (
        isinstance(block, dict)
        and {"intent", "examples"} <= set(block) <= {"intent", "examples", "metadata"}
        and _is_word(block["intent"])
        and isinstance(block.get("metadata", {}), dict)
        and isinstance(block["examples"], list)
        and all(map(_is_plain_example, block["examples"]))
    )


def _is_plain_example(example: Any) -> bool:
    return (
        isinstance(example, dict)
        and {"text"} <= set(example) <= {"text", "metadata"}
        and _is_word(example["text"])
        and isinstance(example.get("metadata", {}), dict)
    )


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def remember_valid_files(memory: Path) -> None:
    """Let Rasa check the schema of a training file once: a content that has passed is not checked again.

    Rasa checks every file twice in a training, with a slow parser that keeps line numbers for its messages:
    most of the time of a training. A file of the plain shape that ours have is seen to be valid by a fast
    parser; any other goes to Rasa's own check, which says what is wrong and where.
    """
    original = validation.validate_yaml_schema
    if hasattr(original, "remembers"):
        return
    memory.parent.mkdir(parents=True, exist_ok=True)
    passed = set(memory.read_text("ascii").split()) if memory.exists() else set()

    def validate_once(content: str, schema: str, package: str = validation.PACKAGE_NAME) -> None:
        key = hashlib.sha256(f"{rasa.__version__}\0{schema}\0{content}".encode()).hexdigest()
        if key in passed:
            return
        if not (schema == NLU_SCHEMA_FILE and is_plain_training_file(content)):
            original(content, schema, package)
        passed.add(key)
        with memory.open("a", encoding="ascii") as file:
            file.write(f"{key}\n")

    validate_once.remembers = True  # type: ignore[attr-defined]
    validation.validate_yaml_schema = validate_once
