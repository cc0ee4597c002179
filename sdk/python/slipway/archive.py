"""Folders as archives: the same files give the same bytes, whoever packs them and when."""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Iterable, Mapping
from pathlib import Path

LEFT_OUT = frozenset({"__pycache__", ".git", "node_modules", ".venv", ".ipynb_checkpoints"})


def files_below(folder: Path, left_out: Iterable[str] = LEFT_OUT) -> list[Path]:
    """Plain files in order of their paths. Links and special files are left out: an agent would refuse them."""
    skipped = set(left_out)
    found = [path for path in folder.rglob("*") if not skipped.intersection(path.relative_to(folder).parts)]
    files = [path for path in found if path.is_file() and not path.is_symlink() and path.suffix != ".pyc"]
    return sorted(files, key=lambda path: path.relative_to(folder).as_posix())


def pack_folder(folder: str | Path) -> bytes:
    """The folder's files as tar.gz, without times, owners or umask."""
    root = Path(folder)
    return pack_files({path.relative_to(root).as_posix(): path for path in files_below(root)})


def pack_files(files: Mapping[str, Path]) -> bytes:
    """The same of files from anywhere, each under the name it shall have."""
    tarred = io.BytesIO()
    with tarfile.open(fileobj=tarred, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name in sorted(files):
            status = files[name].stat()
            entry = tarfile.TarInfo(name)
            entry.size = status.st_size
            entry.mode = 0o755 if status.st_mode & 0o100 else 0o644
            with files[name].open("rb") as content:
                archive.addfile(entry, content)
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", fileobj=packed, mode="wb", compresslevel=9, mtime=0) as zipped:
        zipped.write(tarred.getvalue())
    return packed.getvalue()
