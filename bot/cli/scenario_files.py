"""`parley scenario new|publish|export|import|roll-back|versions`: documents as files, from and to version control."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.cli.document_files import gathered, write_exported, write_new
from bot.cli.ledger import services_on_the_ledger
from bot.cli.publications import (
    print_end,
    see_publication_through,
    see_roll_back_through,
    told_to,
)
from bot.core.coaching.advice import Role
from bot.core.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from bot.core.studio.kinds import DocumentName

if TYPE_CHECKING:
    from bot.bootstrap import Services
    from bot.services.ports import Viewer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program.")]

_BY = typer.Option("--by", help="Sign-in name of the trainer or administrator who does this.")


def new(
    slug: Annotated[str, typer.Argument(help="The scenario's id: small letters, digits, hyphens.")],
    title: Annotated[str, typer.Option(help="The title that trainees read.")] = "",
    copy_of: Annotated[
        str | None, typer.Option(help="Id of a scenario to begin from, instead of a blank one.")
    ] = None,
    from_call: Annotated[
        Path | None,
        typer.Option(help="Transcript of a call to begin from; names are taken out."),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", help="Sign-in name; needed with --from-call.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="File to write; SLUG.yml here when left out.")
    ] = None,
) -> None:
    """Write the file of a new scenario, to be edited: blank, as a copy, or from a call."""
    name = DocumentName.parse(slug)
    target = out or Path(f"{name.slug}.yml")
    if target.exists():
        raise ConflictError(f"There is a file {target} already. Name another one with --out.")
    if copy_of is not None and from_call is not None:
        raise InvalidInputError("Give --copy-of or --from-call, not both.", field="copy_of")
    if from_call is not None:
        text = _text_from_call(name, title, from_call, by)
    else:
        text = _text_from_files(name, title, copy_of)
    write_new(target, text)
    typer.echo(f"Written to {target}. Edit it, then: parley scenario check {target}")


def publish(
    files: Annotated[list[Path], typer.Argument(help="YAML files or packs of documents.")],
    note: Annotated[str, typer.Option(help="What changes, in a few words.")],
    by: Annotated[str, _BY],
    override: Annotated[
        str | None,
        typer.Option(
            help="Administrators: the reason for publishing even if the model hears less."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check, train, compare and switch over while calls go on; waits until it is in service or says what stands against it."""
    services = services_on_the_ledger()
    viewer = _editor(services, by)
    drafts = _drafts_of(services, viewer, files)
    console = Console(soft_wrap=True, highlight=False, stderr=as_json)
    if not drafts:
        console.print("There is nothing to publish: everything is in service as it is.")
        return
    asked = services.publishing.request(viewer, drafts, note, override_reason=override)
    done = see_publication_through(services, viewer, asked["id"], told_to(console))
    if as_json:
        typer.echo(json.dumps(done, indent=2, ensure_ascii=False))
    else:
        print_end(console, done)
    if done["status"] != "in_service":
        raise typer.Exit(1)


def export(
    names: Annotated[
        list[str],
        typer.Argument(help="Scenarios by id; others as kind:slug, such as playbook:stalling."),
    ],
    to: Annotated[
        Path | None,
        typer.Option(
            help="File (.yml, .zip) or folder; a lone document goes to standard output when left out."
        ),
    ] = None,
) -> None:
    """Write documents as they are in service: one as YAML, several as a pack, or all into a folder."""
    services = services_on_the_ledger()
    written = write_exported(services.studio, _command_line(), names, to)
    for path in written:
        typer.echo(f"Written to {path}", err=True)


def import_(
    file: Annotated[Path, typer.Argument(help="YAML file, pack, or folder of documents.")],
    by: Annotated[str, _BY],
    as_json: AsJson = False,
) -> None:
    """Take documents in as drafts, all or nothing; every fault with file, line and remedy."""
    services = services_on_the_ledger()
    taken = services.studio.import_(_editor(services, by), *gathered([file]))
    if as_json:
        typer.echo(json.dumps(taken, indent=2, ensure_ascii=False))
        return
    for draft in taken["drafts"]:
        typer.echo(f"{draft['name']}: draft {draft['id']}, revision {draft['revision']}")
    for name in taken["unchanged"]:
        typer.echo(f"{name}: unchanged")


def roll_back(
    by: Annotated[str, _BY],
    publication: Annotated[
        str | None, typer.Argument(help="Id of the publication; the newest in service.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Put back what was in service before the newest publication: texts, lines and model."""
    services = services_on_the_ledger()
    viewer = _editor(services, by)
    asked = services.publishing.roll_back(viewer, publication)
    console = Console(soft_wrap=True, highlight=False, stderr=as_json)
    done = see_roll_back_through(services, viewer, asked["id"], told_to(console))
    if as_json:
        typer.echo(json.dumps(done, indent=2, ensure_ascii=False))
    elif done["status"] == "rolled_back":
        console.print(f"Rolled back: {done['note']}", markup=False)
    else:
        console.print(done["error"], markup=False)
    if done["status"] != "rolled_back":
        raise typer.Exit(1)


def versions(
    name: Annotated[str, typer.Argument(help="A scenario's id, or kind:slug.")],
    as_json: AsJson = False,
) -> None:
    """List what was in service, the newest first; number 0 is what the product came with."""
    found = services_on_the_ledger().studio.versions(_command_line(), name)
    if as_json:
        typer.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return
    table = Table("number", "published", "by", "note", "in service")
    for version in found:
        table.add_row(
            str(version["number"]),
            (version["published_at"] or "")[:16].replace("T", " "),
            escape(version["published_by"] or ""),
            escape(version["note"] or ""),
            "yes" if version["is_in_service"] else "",
        )
    Console().print(table)


def _text_from_files(name: DocumentName, title: str, copy_of: str | None) -> str:
    from bot.content.studio_desk import StudioDesk
    from bot.settings import Settings

    desk = StudioDesk(Settings.from_environment().content_folder)
    if copy_of is None:
        return desk.blank(name, title)
    source = desk.text(DocumentName(name.kind, copy_of))
    if source is None:
        raise NotFoundError(f"There is no scenario “{copy_of}”.", field="copy_of")
    return desk.copied(name, source, title)


def _text_from_call(name: DocumentName, title: str, transcript: Path, by: str | None) -> str:
    """The draft that the studio proposes; the file is to be edited, so no second one stays in the studio."""
    if by is None:
        raise InvalidInputError("Say with --by who makes this scenario.", field="by")
    if not transcript.is_file():
        raise NotFoundError(f"There is no file {transcript}.")
    services = services_on_the_ledger()
    viewer = _editor(services, by)
    text = transcript.read_text("utf-8", errors="replace")
    disguised = services.from_calls.disguised(viewer, text=text)
    for each in disguised["replacements"]:
        typer.echo(f"“{each['was']}” is now “{each['now']}”.", err=True)
    draft = services.from_calls.propose(
        viewer,
        slug=name.slug,
        title=title,
        turns=disguised["turns"],
        replacements=disguised["replacements"],
    )
    services.studio.discard(viewer, draft["id"])
    return str(draft["text"])


def _drafts_of(services: Services, viewer: Viewer, files: list[Path]) -> list[tuple[str, int]]:
    """The files as drafts with their revisions; one that is in service as it is has none."""
    taken = services.studio.import_(viewer, *gathered(files))
    drafts: list[dict[str, Any]] = list(taken["drafts"])
    if taken["unchanged"]:
        # The very text may stand in a draft already: that is what is to be published.
        open_drafts = {one["name"]: one["draft_id"] for one in services.studio.documents(viewer)}
        ids = [open_drafts.get(name) for name in taken["unchanged"]]
        drafts += [services.studio.read(viewer, draft_id) for draft_id in ids if draft_id]
    return [(draft["id"], draft["revision"]) for draft in drafts]


def _editor(services: Services, name: str) -> Viewer:
    user = services.people.named(name)
    if not user.active:
        raise ForbiddenError(f"{name} is switched off.")
    return services.people.viewer(user)


def _command_line() -> Viewer:
    from bot.services.ports import Viewer

    return Viewer("command-line", "command line", Role.ADMIN)
