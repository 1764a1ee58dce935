"""Traps: a server on loopback that counts its callers, and a folder that reports every opening."""

from __future__ import annotations

import ctypes
import os
import socket
import struct
import threading
from pathlib import Path

MARKER = "the-tide-table-nobody-may-read-4f1d"

_IN_ACCESS, _IN_OPEN = 0x1, 0x20  # linux/inotify.h
_IN_ISDIR = 0x40000000
_EVENT = struct.Struct("iIII")


class Canary:
    """Answers every connection to a loopback port, and counts them."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self.contacts = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self._server.accept()
            except OSError:
                return
            self.contacts += 1
            with caller:
                caller.sendall(b"HTTP/1.0 200 OK\r\n\r\n" + MARKER.encode())

    def close(self) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()


class PlantedSecret:
    """A file whose every opening, by any process, is reported by the kernel (inotify)."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.path = folder / "secret.txt"
        self.path.write_text(f"{MARKER}\n", encoding="ascii")
        libc = ctypes.CDLL(None, use_errno=True)
        self._watch = libc.inotify_init1(os.O_NONBLOCK)
        added = libc.inotify_add_watch(self._watch, os.fsencode(folder), _IN_ACCESS | _IN_OPEN)
        assert self._watch >= 0, os.strerror(ctypes.get_errno())
        assert added >= 0, os.strerror(ctypes.get_errno())
        self._readings = 0

    @property
    def readings(self) -> int:
        """How often a file in the folder was opened or read so far."""
        while True:
            try:
                events = os.read(self._watch, 1 << 16)
            except BlockingIOError:
                return self._readings
            at = 0
            while at < len(events):
                _, mask, _, length = _EVENT.unpack_from(events, at)
                self._readings += not mask & _IN_ISDIR
                at += _EVENT.size + length

    def close(self) -> None:
        os.close(self._watch)


def leaked_into(show: Path) -> list[str]:
    """The files under `show` that hold the secret's content."""
    marker = MARKER.encode()
    return [
        str(path)
        for path in show.rglob("*")
        if path.is_file() and not path.is_symlink() and marker in path.read_bytes()
    ]
