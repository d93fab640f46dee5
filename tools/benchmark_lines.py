"""Writes the training lines of the ten-shot benchmark as JSON lines, for `tools/train_encoder.py --lines`.

    python -m tools.benchmark_lines ../shared/bench/banking77 var/encoders/banking77-10-shot.jsonl

They are the lines that `parley bench hearing` draws with the same seed, and no others.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bot.core.errors import UnavailableError
from bot.nlu.evaluation.benchmarks import banking77


def main() -> None:
    """Draw the lines and write them."""
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    folder, out = map(Path, sys.argv[1:])
    try:
        few = banking77(folder)[1]
    except UnavailableError as error:
        raise SystemExit(str(error)) from error
    rows = [json.dumps({"text": x.text, "labels": list(x.labels)}) for x in few.train]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(f"{len(rows)} lines in {out}")


if __name__ == "__main__":
    main()
