"""Which labels to believe, given how likely each is: the rules between probabilities and the set that is heard."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.core.labels import PROTECTED, SILENT, Speaker
from bot.nlu.heads import Heads

#: Together more likely than not, the silent labels silence what is not protected ...
SILENCE = 0.5

#: ... and, when they are as good as certain, a protected label that is itself unlikely.
SURE_SILENCE, UNLIKELY = 0.7, 0.35

#: A request to the coach that is less likely than this is none of the known ones (set on the validation part) ...
REQUEST_FLOOR = 0.1

#: ... and a second one beside the likeliest is believed only when it is this likely by itself (set on the validation part).
SECOND_REQUEST = 0.7


def believe(names: Sequence[str], probabilities: np.ndarray, thresholds: np.ndarray) -> list[int]:
    """Columns of the labels to believe, strongest first.

    `neutral` and `out_of_scope` stand alone (taxonomy section 6): they are dropped beside any other label
    unless they are clearly the stronger.
    """
    over = [column for column in range(len(names)) if probabilities[column] >= thresholds[column]]
    over.sort(key=lambda column: -float(probabilities[column]))
    silent = [column for column in over if names[column] in SILENT]
    spoken = [column for column in over if names[column] not in SILENT]
    quiet = sorted(
        (column for column, name in enumerate(names) if name in SILENT),
        key=lambda column: -float(probabilities[column]),
    )
    silence = float(sum(probabilities[column] for column in quiet))
    guarded = [
        column
        for column in spoken
        if names[column] in PROTECTED
        and not (silence > SURE_SILENCE and probabilities[column] < UNLIKELY)
    ]
    if guarded:
        return spoken
    if spoken and quiet and silence > SILENCE:
        return quiet[:1]
    if not silent or not spoken:
        return over[:1] if silent else over
    if probabilities[silent[0]] > probabilities[spoken[0]]:
        return silent[:1]
    return spoken


def believe_request(probabilities: np.ndarray, thresholds: np.ndarray) -> list[int]:
    """The request to the coach to believe: the likeliest, and a second one only when it is likely by itself.

    A collector who talks to the coach wants one thing, and a wrong answer costs a question back, no call: so the
    likeliest request is taken even when it is not certain.
    """
    order = [int(column) for column in np.argsort(-probabilities)[:2]]
    first, second = order
    if probabilities[first] < REQUEST_FLOOR:
        return []
    is_second = probabilities[second] >= max(SECOND_REQUEST, float(thresholds[second]))
    return order if is_second else [first]


def believed_columns(speaker: Speaker, heads: Heads, probabilities: np.ndarray) -> list[int]:
    """Columns of the labels to believe in a turn of a speaker, strongest first."""
    if speaker is Speaker.COACH:
        return believe_request(probabilities, heads.thresholds)
    return believe(heads.names, probabilities, heads.thresholds)
