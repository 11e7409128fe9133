"""Open a zip file from outside: only what is asked for is unpacked, in memory and within limits.

Nothing is written to disk, so no name in the file can lead anywhere. What a member would
unpack to is measured while reading, not believed.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from nsoc_lib.errors import NsocError
from nsoc_lib.sources.study import refuse_unreadable

MOST_MEMBERS = 10_000
MOST_DIRECTORY = 2_000_000  # bytes in which the zip lists its members
MOST_MEMBER = 50_000_000
MOST_TOTAL = 500_000_000  # bytes unpacked from one file
MOST_RATIO, SMALL = 200, 1_000_000  # text packs ten to thirty times; a small member may do better
MARK = b"PK"
_ENCRYPTED = 0x1
_END, _LOCATOR = b"PK\x05\x06", b"PK\x06\x07"
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError, OSError, OverflowError)
_UNTRUSTED = "Vertrouw dit bestand niet; exporteer het project opnieuw uit het eigen programma."


class Archive:
    """An open zip file with its members by name, folders left out. A backslash in a name is a slash."""

    def __init__(self, file: zipfile.ZipFile, where: str) -> None:
        self._file, self.where, self._left = file, where, MOST_TOTAL
        infos = [info for info in file.infolist() if not info.filename.endswith(("/", "\\"))]
        if len(infos) > MOST_MEMBERS:
            raise _too_many(where, f"{len(infos)} bestanden")
        self.names = [info.filename.replace("\\", "/") for info in infos]
        self._members = dict(zip(self.names, infos, strict=True))
        climbing = [name for name in self.names if climbs(name)]
        if climbing:
            raise NsocError(
                where,
                found=f'een zipbestand met de naam "{climbing[0][:60]}"',
                expected="alleen namen binnen het zipbestand",
                remedy=_UNTRUSTED,
            )
        if any(info.flag_bits & _ENCRYPTED for info in infos):
            raise NsocError(
                where,
                found="een zipbestand met een wachtwoord",
                expected="een export zonder wachtwoord",
                remedy="Exporteer opnieuw zonder wachtwoord, en bewaar het bestand op een afgeschermde plaats.",
            )

    def read(self, name: str, largest: int = MOST_MEMBER) -> bytes:
        """Return what a member holds. Raises NsocError when it is damaged or unpacks to more than ``largest`` bytes."""
        info = self._members[name]
        packed_too_well = info.file_size > SMALL and info.file_size > MOST_RATIO * max(info.compress_size, 1)
        most = min(largest, self._left)
        if packed_too_well or info.file_size > most:
            raise self._too_large(name, most)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _broken(self.where)  # other methods cannot be unpacked within a limit
        try:
            with self._file.open(info) as member:
                content = member.read(most + 1)
        except _BROKEN as error:
            raise _broken(self.where) from error
        if len(content) > most:
            raise self._too_large(name, most)
        self._left -= len(content)
        return content

    def _too_large(self, name: str, most: int) -> NsocError:
        return NsocError(
            f"{self.where}, in het zipbestand",
            found=f'"{name[:60]}", dat uitgepakt te groot is',
            expected=f"ten hoogste {most // 1_000_000} MB, en geen bestand dat tot meer dan het {MOST_RATIO}-voudige uitpakt",
            remedy=_UNTRUSTED,
        )


@contextmanager
def open_archive(path: Path, where: str) -> Iterator[Archive]:
    """Open a zip file for reading. Raises NsocError when it is absent, damaged, locked or not to be trusted."""
    with open_file(path, where) as file:
        if _directory_size(file) > MOST_DIRECTORY:
            raise _too_many(where, "een lijst van te veel bestanden")
        try:
            opened = zipfile.ZipFile(file)
        except _BROKEN as error:
            raise _broken(where) from error
        with opened:
            yield Archive(opened, where)


def open_file(path: Path, where: str) -> IO[bytes]:
    """Open a file as bytes, or raise the NsocError for a file that is not there."""
    try:
        return path.open("rb")
    except OSError as error:
        raise refuse_unreadable(error, where) from error


def climbs(name: str) -> bool:
    """Whether a name leads out of the folder in which it would be unpacked.

    >>> climbs("sources/a.txt"), climbs("../a.txt"), climbs("C:/a.txt")
    (False, True, True)
    """
    return name.startswith("/") or name[1:2] == ":" or ".." in PurePosixPath(name).parts


def _directory_size(file: IO[bytes]) -> int:
    """Return how many bytes the list of members takes: reading it is what costs time and memory."""
    end = file.seek(0, 2)
    file.seek(max(0, end - 70_000))
    tail = file.read()
    file.seek(0)
    place = tail.rfind(_END)
    if place < 0 or len(tail) - place < 22:
        return 0  # no zip file at all; opening it says so
    if tail[max(place - 20, 0) : place].startswith(_LOCATOR) and place >= 76:
        return int(struct.unpack_from("<Q", tail, place - 76 + 40)[0])
    return int(struct.unpack_from("<L", tail, place + 12)[0])


def _too_many(where: str, found: str) -> NsocError:
    return NsocError(where, found=found, expected=f"ten hoogste {MOST_MEMBERS} bestanden", remedy=_UNTRUSTED)


def _broken(where: str) -> NsocError:
    return NsocError(
        where,
        found="een zipbestand dat beschadigd of niet heel is",
        expected="een project zoals het programma het exporteert",
        remedy="Exporteer het project opnieuw, en kopieer het bestand nog eens.",
    )
