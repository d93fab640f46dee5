"""Starts Rasa without TensorFlow: our pipeline has no neural Rasa component, but Rasa imports TensorFlow anyway.

Loading it costs half of the start-up time and 260 MiB in every process. A finder answers the import with an
inert module instead. It is used by our own launcher only; `rasa train` and `rasa run` of a Rasa user load the
real library. DIET, TED and ResponseSelector do not work under it, by design.
"""

from __future__ import annotations

import importlib.machinery
import sys
import types
import warnings
from collections.abc import Sequence
from typing import Any, ClassVar

_ABSENT = frozenset(
    {
        "tensorflow",
        "keras",
        "tensorflow_hub",
        "tensorflow_text",
        "tensorflow_addons",
        "jax",
        "tensorboard",
    }
)


class _Inert(type):
    """A class whose every attribute, call and item is itself inert: enough to be imported and subclassed."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return _inert(name)

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        # As a decorator (`@tf.function`) it hands the function back; otherwise it is one more inert class.
        if len(args) == 1 and callable(args[0]) and not kwargs:
            return args[0]
        return _inert("Called")

    def __or__(cls, other: Any) -> Any:
        return cls

    __ror__ = __or__

    def __getitem__(cls, item: Any) -> Any:
        return cls

    def __iter__(cls) -> Any:
        return iter(())


def _inert(name: str) -> Any:
    return _Inert(name, (), {})


class _InertModule(types.ModuleType):
    """A module that has every attribute."""

    __path__: ClassVar[list[str]] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        value = "2.12.0" if name == "VERSION" else _inert(name)
        setattr(self, name, value)
        return value


class _Finder:
    """Answers imports of the absent libraries."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: Any = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] not in _ABSENT:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)  # type: ignore[arg-type]

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        module = _InertModule(spec.name)
        module.__version__ = "2.12.0"  # type: ignore[attr-defined]
        return module

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing to run: the module has every attribute already."""


def leave_tensorflow_out() -> None:
    """From now on imports of TensorFlow and its relatives give inert modules (once, before Rasa is imported)."""
    if "tensorflow" in sys.modules or any(isinstance(f, _Finder) for f in sys.meta_path):
        return
    _drop_deprecation_warnings()
    sys.meta_path.insert(0, _Finder())  # type: ignore[arg-type]
    import rasa.utils.tensorflow.environment as environment

    environment.setup_tf_environment = lambda: None


def _drop_deprecation_warnings() -> None:
    """Old libraries that Rasa pins warn of what they use themselves, and switch such warnings back on."""
    show = warnings.showwarning

    def show_others(message: Any, category: type[Warning], *rest: Any, **named: Any) -> None:
        if not issubclass(category, DeprecationWarning):
            show(message, category, *rest, **named)

    warnings.showwarning = show_others  # type: ignore[assignment]
