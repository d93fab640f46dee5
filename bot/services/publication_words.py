"""What people read about a publication: what is being done, and why it did not go through."""

from __future__ import annotations

from bot.services.studio_ports import Stage

#: What is being done, unless whoever does it says so more closely.
DOING = {
    Stage.QUEUED: "Waiting for its turn.",
    Stage.CHECK: "Checking all documents together.",
    Stage.TRAIN: "Training a model on the new lines.",
    Stage.COMPARE: "Comparing it with the model in service on the kept turns.",
    Stage.SWITCH: "Switching over; calls go on.",
    Stage.SMOKE: "Listening to the new lines once more.",
    Stage.DONE: "In service.",
}

WAITS_FOR_ROLL_BACK = "Waiting to be rolled back."

INTERRUPTED = "It was interrupted, and everything is as it was before. The drafts are still there: publish again."

UNKNOWN_FAILURE = "Something went wrong while {doing}; everything is as it was before. The worker's log says what."

CHANGED_BY_HAND = "{path} was changed by hand after this was asked for. Look at the difference, then publish again."

CHANGED_SINCE = "{path} was changed by hand since, so it cannot be rolled back without losing that."

FAULTS_SINCE = "The documents have faults that came up after this was asked for."

GOT_WORSE = "The new model hears less than the one in service: {what}."

NOT_HEARD = (
    "The new model did not pass the last check, so the one before is back in service: {what}."
)

ROLL_BACK_FAILED = "The roll-back did not go through, and everything stays in service: {why}"

NO_SERVER = "No assistant is running; the model is used from the next start on."

MODEL_ANSWERS = "{model} answers."
OTHER_MODEL_ANSWERS = "{wanted} was loaded, but {answers} answers."
NEW_LINES_HEARD = "{heard} of {of} new lines are heard as they should be."
KEPT_TURNS_HEARD = "{heard} of {of} kept turns are heard as in the comparison."

AS_SHIPPED = "As shipped."
BY_HAND = "Changed in the files."
ROLLED_BACK = "Rolled back: {note}"

#: What the words of a failure call each stage.
WHILE = {
    Stage.QUEUED: "it was starting",
    Stage.CHECK: "the documents were checked",
    Stage.TRAIN: "the model was trained",
    Stage.COMPARE: "the models were compared",
    Stage.SWITCH: "the assistant went over to the new model",
    Stage.SMOKE: "the new model was tried",
    Stage.DONE: "it was being finished",
}
