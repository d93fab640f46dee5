"""Rasa runs without TensorFlow in memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]

PROGRAM = """
import sys
from bot.nlu.light import leave_tensorflow_out
leave_tensorflow_out()
leave_tensorflow_out()
import rasa.core.agent
import rasa.core.run
import rasa.model_training
import rasa.engine.recipes.default_components
tensorflow = sys.modules.get("tensorflow")
loaded = [line for line in open("/proc/self/maps") if "/tensorflow/" in line]
real = [
    name
    for name, module in sys.modules.items()
    if name.split(".")[0] in ("tensorflow", "keras", "jax", "tensorboard")
    and getattr(module, "__file__", None)
]
print("inert" if tensorflow is not None and not real and not loaded else (real[:3], loaded[:3]))
"""


def test_rasa_is_imported_without_tensorflow() -> None:
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, timeout=300
    )

    assert result.returncode == 0, result.stderr[-2_000:]
    assert result.stdout.strip() == "inert"


def test_the_real_library_is_left_alone_once_it_is_loaded() -> None:
    program = (
        "import sys, types\n"
        "sys.modules['tensorflow'] = there = types.ModuleType('tensorflow')\n"
        "from bot.nlu.light import leave_tensorflow_out\n"
        "leave_tensorflow_out()\n"
        "assert sys.modules['tensorflow'] is there\n"
        "assert not any(type(f).__module__ == 'bot.nlu.light' for f in sys.meta_path)\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60
    )

    assert result.returncode == 0, result.stderr[-2_000:]
