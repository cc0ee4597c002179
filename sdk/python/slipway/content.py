"""Blobs: content that is named by its SHA-256, sent only where the server does not have it."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

from .errors import SlipwayError
from .transport import Transport, Upload, path_of

_BLOCK = 1024 * 1024


def sha256_of(path: str | Path) -> str:
    digest = hashlib.sha256()
    with Path(path).open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


class Blobs:
    def __init__(self, transport: Transport):
        self._transport = transport

    def has(self, sha256: str) -> bool:
        try:
            self._transport.send("HEAD", path_of("/api/v1/blobs/{}", sha256), {})
        except SlipwayError as error:
            if error.status == 404:
                return False
            raise
        return True

    def upload(self, path: str | Path) -> str:
        """Streams a file, unless the server has its content; returns the SHA-256."""
        file = Path(path)
        sha256 = sha256_of(file)
        return self._put(sha256, Upload(lambda: file.open("rb"), file.stat().st_size))

    def upload_bytes(self, content: bytes) -> str:
        return self._put(hashlib.sha256(content).hexdigest(), Upload(lambda: io.BytesIO(content), len(content)))

    def download(self, sha256: str) -> bytes:
        content = self._transport.send("GET", path_of("/api/v1/blobs/{}", sha256), {}).content
        if hashlib.sha256(content).hexdigest() != sha256:
            raise SlipwayError(0, "Corrupt", f"the content received is not {sha256}")
        return content

    def _put(self, sha256: str, content: Upload) -> str:
        if not self.has(sha256):
            headers = {"Content-Type": "application/octet-stream"}
            self._transport.send("PUT", path_of("/api/v1/blobs/{}", sha256), headers, content)
        return sha256
