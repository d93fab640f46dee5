"""Checks texts as if they were files among the others: every fault of all of them at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.content.checks import play_faults
from bot.content.example_checks import known_examples
from bot.content.looked_through import Looked, look_through, look_through_file
from bot.content.rehearsal_files import faults_among
from bot.content.schema_faults import in_order
from bot.content.schema_partial import RestsOn, unharmed
from bot.content.schema_playbook import PLAY
from bot.core.errors import Fault
from bot.core.studio.kinds import DocumentKind, DocumentName

#: More faults than this in one text are not told one by one.
MOST_FAULTS = 300

#: What is said of a card's lines together rests on these.
_PLAY_RESTS_ON: RestsOn = {
    ("say",): (("say", "*", "heat"), ("say", "*", "stance"), ("say", "*", "text"), ("options",)),
}


class Checks:
    """Looks through texts together with the files that they do not replace."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def one(self, name: DocumentName, text: str) -> tuple[Looked, tuple[Fault, ...]]:
        """A text looked through, and every fault of it among the files."""
        looked = look_through(name, text)
        return looked, self._told([looked])[f"data/{name.path}"]

    def together(self, texts: Mapping[DocumentName, str]) -> tuple[Fault, ...]:
        """Every fault of texts that come together."""
        told = self._told([look_through(name, text) for name, text in sorted(texts.items())])
        return tuple(fault for faults in told.values() for fault in faults)

    def _told(self, looked: Sequence[Looked]) -> dict[str, tuple[Fault, ...]]:
        told = {f"data/{one.name.path}": list(one.faults) for one in looked}
        whole = [x for x in looked if x.document and isinstance(x.document.data, dict)]
        for fault in self._crossed(whole):
            mine = told.get(fault.file)
            if mine is not None and not any(_is_about(fault, other) for other in mine):
                mine.append(fault)
        return {file: _at_most(in_order(faults)) for file, faults in told.items()}

    def _crossed(self, looked: Sequence[Looked]) -> Iterator[Fault]:
        """What only several files can tell."""
        by_kind = {kind: [x for x in looked if x.name.kind is kind] for kind in DocumentKind}
        scenarios = by_kind[DocumentKind.SCENARIO]
        personas = by_kind[DocumentKind.PERSONA]
        if scenarios or personas:
            cases = [(x.name.slug, x.part, x.document) for x in scenarios if x.document]
            people = [(x.name.slug, x.part, x.document) for x in personas if x.document]
            yield from faults_among(self.data, cases, people)
            yield from known_examples(self.data, cases)
        yield from self._of_plays(by_kind[DocumentKind.PLAYBOOK])

    def _of_plays(self, plays: Sequence[Looked]) -> Iterator[Fault]:
        if not plays:
            return
        mine = {one.name for one in plays}
        folder = self.data / DocumentKind.PLAYBOOK.folder
        files = ((DocumentName(DocumentKind.PLAYBOOK, p.stem), p) for p in folder.glob("*.yml"))
        others = (look_through_file(name, path) for name, path in files if name not in mine)
        sound = ((one.part, one.document) for one in others if one.document and not one.faults)
        found = play_faults(
            [*sound, *((one.part, one.document) for one in plays if one.document)], unread=1
        )
        for one in plays:
            document = one.document
            if document is not None:
                own = [fault for fault in found if fault.file == document.file]
                yield from unharmed(document, PLAY, own, one.faults, _PLAY_RESTS_ON)


def _is_about(fault: Fault, other: Fault) -> bool:
    """Whether a fault is of a value that another one is told of already, or the same one."""
    inner = other.place and fault.place[: len(other.place)] == other.place
    return bool(inner) or (fault.line, fault.message) == (other.line, other.message)


def _at_most(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    if len(faults) <= MOST_FAULTS:
        return faults
    last = faults[MOST_FAULTS]
    more = f"There are {len(faults) - MOST_FAULTS} more faults from here on."
    return (*faults[:MOST_FAULTS], Fault(last.file, last.line, more, "Mend the first ones first."))
