"""A pack is the same bytes whenever its texts are, and what comes in is opened with care."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest

from bot.content.studio_desk import StudioDesk
from bot.core.errors import ContentError
from bot.core.studio.kinds import DocumentName
from tests.broken_documents.documents import ACCOUNTANT, DATA, text_of

DESK = StudioDesk(DATA)
TEXTS = {name: DESK.text(name) or "" for name in DESK.names()}
SCENARIO = DocumentName.parse(ACCOUNTANT)


def zipped(files: dict[str, bytes | str], compression: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def refused(file_name: str, raw: bytes) -> list[str]:
    with pytest.raises(ContentError) as error:
        DESK.unpack(file_name, raw)
    assert all(fault.remedy for fault in error.value.faults)
    return [str(fault) for fault in error.value.faults]


def test_out_and_in_and_out_again_gives_the_same_bytes() -> None:
    raw = DESK.pack(TEXTS)

    assert DESK.unpack("pack.zip", raw) == TEXTS
    assert DESK.pack(DESK.unpack("pack.zip", raw)) == raw
    assert DESK.pack(dict(reversed(TEXTS.items()))) == raw


def test_odd_bytes_of_a_text_stay_as_they_are() -> None:
    texts = {SCENARIO: "\ufeff" + text_of(ACCOUNTANT).replace("\n", "\r\n") + "# no line end"}

    assert DESK.unpack("x.zip", DESK.pack(texts)) == texts


@pytest.mark.parametrize("name", TEXTS, ids=str)
def test_a_single_file_is_known_by_what_it_says(name: DocumentName) -> None:
    raw = TEXTS[name].encode("utf-8")

    assert DESK.unpack("whatever (2).yml", raw) == {name: TEXTS[name]}
    assert DESK.unpack(f"C:\\Downloads\\{name.slug}.yml", raw) == {name: TEXTS[name]}


def test_a_file_that_is_nothing_of_ours_is_refused() -> None:
    assert "Nothing here says" in refused("notes.yml", b"shopping: [milk]\n")[0]
    assert "Nothing here says" in refused("", b"")[0]
    assert (
        "cannot name a document"
        in refused(
            "Bad Name!.yml",
            b"restate: []\nopening: {}\nlimits: {}\ngoals: []\nobjection: x\npersona: y\nlevels: [1]\nminutes: 1\nbriefing: z\n",
        )[0]
    )


def test_a_picture_is_refused() -> None:
    assert "not UTF-8" in refused("cat.png", b"\x89PNG\r\n\x1a\n\x00\xff\xfe")[0]


@pytest.mark.parametrize(
    "path",
    [
        "../scenarios/x.yml",
        "/scenarios/x.yml",
        "scenarios/../x.yml",
        "scenarios\\x.yml",
        "scenarios/deep/x.yml",
        "nlu/client/abuse.yml",
        "players/good.yml",
        "scenarios/x.py",
        "scenarios/X Y.yml",
        "scenarios/.yml",
        "readme.md",
        "house/\x1b[31m.yml",
    ],
)
def test_a_file_that_does_not_belong_there_is_refused(path: str) -> None:
    raw = zipped({"pack.yml": "format: 1\n", path: "id: x\n", SCENARIO.path: text_of(ACCOUNTANT)})

    (message,) = refused("pack.zip", raw)

    assert message.isprintable()


def test_everything_that_is_wrong_with_a_pack_is_told_at_once() -> None:
    raw = zipped(
        {
            "pack.yml": "format: 2\n",
            "scenarios/one.yml": b"caf\xe9: 1\n",
            "scenarios/large.yml": "x" * 1_000_001,
            "secrets.env": "KEY=1",
        }
    )

    messages = refused("pack.zip", raw)

    for words in ("pack's format is not 1", "not UTF-8", "larger than 1 MB", "does not belong"):
        assert any(words in message for message in messages), words


def test_a_bomb_is_not_opened() -> None:
    raw = zipped(
        {"pack.yml": "format: 1\n", "scenarios/a.yml": "0" * 50_000_000}, zipfile.ZIP_DEFLATED
    )
    assert "too large once it is opened" in refused("pack.zip", raw)[0]

    many = {f"scenarios/s{n}.yml": "" for n in range(400)}
    assert "It holds 400 files" in refused("pack.zip", zipped(many))[0]


def test_an_archive_that_lies_about_its_sizes_is_refused() -> None:
    raw = zipped(
        {"pack.yml": "format: 1\n", "scenarios/a.yml": "0" * 3_000_000}, zipfile.ZIP_DEFLATED
    )
    lying = raw.replace((3_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))

    assert refused("pack.zip", lying)


@pytest.mark.parametrize(
    "raw",
    [b"PK", b"PK\x03\x04" + b"\x00" * 50, zipped({"pack.yml": "format: 1\n"})[:-8], zipped({})],
)
def test_a_torn_archive_is_refused(raw: bytes) -> None:
    assert refused("pack.zip", raw)


def test_a_pack_without_a_note_of_its_format_is_refused() -> None:
    assert "no pack.yml" in refused("x.zip", zipped({SCENARIO.path: text_of(ACCOUNTANT)}))[0]


def test_a_file_twice_in_a_pack_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("pack.yml", "format: 1\n")
        archive.writestr(SCENARIO.path, "id: a\n")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(SCENARIO.path, "id: b\n")

    assert "twice" in refused("x.zip", out.getvalue())[0]


def test_files_of_a_pack_are_plain_files() -> None:
    with zipfile.ZipFile(io.BytesIO(DESK.pack(TEXTS))) as archive:
        infos = archive.infolist()

    assert [info.filename for info in infos] == sorted(info.filename for info in infos)
    assert {stat.S_IMODE(info.external_attr >> 16) for info in infos} == {0o644}
