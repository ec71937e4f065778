"""Trust anchors and revocation lists: what chains are judged with."""
from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Optional, Union

from ._fedval import lib
from ._native import call_with_error, create, string_or_none, take_text
from .codes import AnchorClass, Status
from .errors import NotFoundError

__all__ = ["Anchors", "Crls"]

#: a file's path, or its bytes
FileLike = Union[bytes, str, "os.PathLike[str]"]


def contents(file: FileLike) -> bytes:
    return file if isinstance(file, bytes) else Path(file).read_bytes()


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
        parts = [(AnchorClass.PUBLIC, contents(file)) for file in public]
        parts += [(AnchorClass.PRIVATE, contents(file)) for file in private]
        self.system_path = None
        if system:
            self.system_path = string_or_none(lib.fedval_system_roots_get_path())
            if self.system_path is None:
                raise NotFoundError(Status.NOT_FOUND, "this system has no bundle of public roots")
            parts.append((AnchorClass.PUBLIC, Path(self.system_path).read_bytes()))
        self._fill(tuple(parts))

    @classmethod
    def system(cls) -> Anchors:
        """The public roots of this system. Raises NotFoundError where there are none."""
        return cls(system=True)

    def _fill(self, parts: tuple[tuple[AnchorClass, bytes], ...]) -> None:
        self.parts = parts
        self._handle = self._new()

    def _new(self) -> Any:
        """An object of C that nobody else has."""
        handle = create("anchors", lib.fedval_anchors_new)
        for anchor_class, data in self.parts:
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
        self.parts = tuple(contents(file) for file in files)
        self._handle = self._new()

    def _new(self) -> Any:
        """An object of C that nobody else has."""
        handle = create("crls", lib.fedval_crls_new)
        for data in self.parts:
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
