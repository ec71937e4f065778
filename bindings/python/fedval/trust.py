"""Trust anchors and revocation lists: what chains are judged with."""
from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain, repeat
from pathlib import Path
from typing import Any, Optional, TypeVar, Union

from ._fedval import lib
from ._native import call_with_error, create, string_or_none, take_text
from .codes import AnchorClass, Status
from .errors import NotFoundError, about

__all__ = ["Anchors", "Crls"]

#: a file's path, or its bytes
FileLike = Union[bytes, str, "os.PathLike[str]"]

T = TypeVar("T")


def contents(file: FileLike) -> bytes:
    return file if isinstance(file, bytes) else Path(file).read_bytes()


def several(files: Iterable[FileLike]) -> Iterable[FileLike]:
    """One path is iterable, too: by its letters."""
    if isinstance(files, (str, bytes, os.PathLike)):
        raise TypeError("a list of files is wanted: [path]")
    return files


def with_paths(parts: tuple[T, ...], files: Iterable[FileLike]) -> Iterator[tuple[T, Union[str, os.PathLike[str], None]]]:
    """Each part with the path that it was read from; None: it was given as bytes, or its path is no longer known."""
    for part, file in zip(parts, chain(files, repeat(b""))):
        yield part, None if isinstance(file, bytes) else file


class Anchors:
    """Trusted roots, public ones and private ones (those that a partner has to import).

    >>> Anchors.system()
    >>> Anchors(private=["lab-ca.pem"], public=["roots.pem"])

    Immutable; can be pickled.
    """

    __slots__ = ("_handle", "parts", "system_path")

    #: (class, the bytes of a file) as they were given
    parts: tuple[tuple[AnchorClass, bytes], ...]
    #: the bundle of the system, where that is among them
    system_path: Optional[str]

    def __init__(self, *, public: Iterable[FileLike] = (), private: Iterable[FileLike] = (),
                 system: bool = False) -> None:
        """Paths or bytes of PEM or DER files; `system`: the system's public roots too."""
        given = [(anchor_class, file) for anchor_class, files in ((AnchorClass.PUBLIC, public), (AnchorClass.PRIVATE, private))
                 for file in several(files)]
        self.system_path = None
        if system:
            self.system_path = string_or_none(lib.fedval_system_roots_get_path())
            if self.system_path is None:
                raise NotFoundError(Status.NOT_FOUND, "this system has no bundle of public roots")
            given.append((AnchorClass.PUBLIC, self.system_path))
        self._fill(tuple((anchor_class, contents(file)) for anchor_class, file in given), [file for _, file in given])

    @classmethod
    def system(cls) -> Anchors:
        """The public roots of this system. Raises NotFoundError where there are none."""
        return cls(system=True)

    def _fill(self, parts: tuple[tuple[AnchorClass, bytes], ...], files: Iterable[FileLike] = ()) -> None:
        self.parts = parts
        self._handle = self._new(files)

    def _new(self, files: Iterable[FileLike] = ()) -> Any:
        """An object of C that nobody else has. `files`: where the parts come from, which errors name."""
        handle = create("anchors", lib.fedval_anchors_new)
        for (anchor_class, data), path in with_paths(self.parts, files):
            with about(path):
                call_with_error(lib.fedval_anchors_append, handle, anchor_class.number, data, len(data))
        return handle

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore_anchors, (self.parts, self.system_path)

    def __len__(self) -> int:
        return self.count()

    def count(self, anchor_class: Union[AnchorClass, str, None] = None) -> int:
        """How many there are, of one class or of both; each counts once."""
        number = 0 if anchor_class is None else AnchorClass(anchor_class).number
        found: int = lib.fedval_anchors_count(self._handle, number)
        return found

    def to_json(self) -> bytes:
        """"fedval-anchors/1"."""
        return take_text(lib.fedval_anchors_to_json, self._handle)


class Crls:
    """Revocation lists, out of PEM or DER files. Immutable; can be pickled."""

    __slots__ = ("_handle", "parts")

    #: the bytes of the files as they were given
    parts: tuple[bytes, ...]

    def __init__(self, files: Iterable[FileLike] = ()) -> None:
        given = list(several(files))
        self.parts = tuple(contents(file) for file in given)
        self._handle = self._new(given)

    def _new(self, files: Iterable[FileLike] = ()) -> Any:
        """An object of C that nobody else has. `files`: where the parts come from, which errors name."""
        handle = create("crls", lib.fedval_crls_new)
        for data, path in with_paths(self.parts, files):
            with about(path):
                call_with_error(lib.fedval_crls_append, handle, data, len(data))
        return handle

    def __reduce__(self) -> tuple[Any, ...]:
        return Crls, (self.parts,)

    def __len__(self) -> int:
        found: int = lib.fedval_crls_count(self._handle)
        return found

    def to_json(self) -> bytes:
        """"fedval-crls/1"."""
        return take_text(lib.fedval_crls_to_json, self._handle)


def _restore_anchors(parts: tuple[tuple[AnchorClass, bytes], ...], system_path: Optional[str]) -> Anchors:
    anchors = Anchors.__new__(Anchors)
    anchors.system_path = system_path
    anchors._fill(parts)
    return anchors
