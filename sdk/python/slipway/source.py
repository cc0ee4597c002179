"""A folder as it will run elsewhere: its files, its git commit with what differs from it, and a lock of its packages."""

from __future__ import annotations

import gzip
import io
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

#: Not in an archive; the same files give the same bytes, whoever packs them and when.
LEFT_OUT = frozenset({"__pycache__", ".git", "node_modules", ".venv", ".ipynb_checkpoints"})

#: Past this an archive is more likely a folder of data than of code.
MOST_BYTES = 200 * 1024 * 1024


class SourceError(Exception):
    """What about the folder or its packages can't be sent, with the next step."""


@dataclass(frozen=True)
class Git:
    commit: str
    branch: str
    remote: str
    #: Of tracked and new files against the commit; empty where nothing differs.
    changes: str


def _git(folder: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def read_git(folder: Path) -> Git | None:
    """None outside a repository, or in one without a commit."""
    commit = _git(folder, "rev-parse", "HEAD")
    if commit is None:
        return None
    branch = _git(folder, "symbolic-ref", "--short", "-q", "HEAD") or ""
    remote = _git(folder, "remote", "get-url", "origin") or ""
    changes = _git(folder, "diff", "--binary", "HEAD", "--", ".") or ""
    for name in filter(None, (_git(folder, "ls-files", "--others", "--exclude-standard", "-z", "--", ".") or "").split("\0")):
        # A new file differs from nothing, which git tells by its exit code.
        made = subprocess.run(["git", "-C", str(folder), "diff", "--binary", "--no-index", "--", "/dev/null", name], capture_output=True, check=False)
        changes += made.stdout.decode("utf-8", "replace")
    return Git(commit.strip(), branch.strip(), remote.strip(), changes)


def pack_source(folder: Path) -> bytes:
    """What git would keep of the folder; outside a repository all of it but caches and environments."""
    listed = _git(folder, "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", ".")
    if listed is None:
        files = {path.relative_to(folder).as_posix(): path for path in files_below(folder)}
    else:
        names = [name for name in listed.split("\0") if name and not LEFT_OUT.intersection(Path(name).parts)]
        files = {name: folder / name for name in names if (folder / name).is_file() and not (folder / name).is_symlink()}
    size = sum(path.stat().st_size for path in files.values())
    if size > MOST_BYTES:
        largest = max(files, key=lambda name: files[name].stat().st_size)
        raise SourceError(f"The folder holds {size / 1e6:,.0f} MB, at most {MOST_BYTES / 1e6:,.0f} are sent; the largest file is {largest}. Put data into .gitignore, or send it as an input.")
    return pack_files(files)


def _pinned(python: str) -> tuple[list[str], list[str]]:
    """`name==version` of each package of this interpreter, and those that no index has: editable ones, files, commits."""
    frozen = subprocess.run([python, "-m", "pip", "list", "--format=freeze", "--exclude-editable", "--disable-pip-version-check"], capture_output=True, text=True, check=False)
    if frozen.returncode != 0:
        raise SourceError(f"pip could not list the packages of {python}: {frozen.stderr.strip()[-300:]}")
    direct = subprocess.run([python, "-m", "pip", "freeze", "--all", "--disable-pip-version-check"], capture_output=True, text=True, check=False).stdout.splitlines()
    local = {re.split(r"[ =@]", line.removeprefix("-e ").strip())[0].lower() for line in direct if " @ " in line or line.startswith("-e ")}
    lines = [line for line in frozen.stdout.splitlines() if "==" in line]
    ours = {"pip", "setuptools", "wheel"}
    names = [line for line in lines if line.split("==")[0].lower() not in ours | local]
    return sorted(names, key=str.lower), sorted(local)


def lock_environment(python: str = sys.executable) -> tuple[str, list[str]]:
    """The interpreter's packages with the hashes of the files that pip would take for it, and the packages left out. Asks the package index."""
    pinned, left_out = _pinned(python)
    if not pinned:
        return "", left_out
    with tempfile.TemporaryDirectory() as scratch:
        wanted, report = Path(scratch, "wanted.txt"), Path(scratch, "report.json")
        wanted.write_text("\n".join(pinned) + "\n", encoding="utf-8")
        command = [python, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--no-deps", "--quiet", "--disable-pip-version-check", "--report", str(report), "-r", str(wanted)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SourceError(f"pip found no files for these packages ({done.stderr.strip()[-300:]}). Name a requirements file with hashes (--requirements), or run without one (--no-environment).")
        installed = json.loads(report.read_text(encoding="utf-8"))["install"]
    lines = []
    for one in installed:
        name, version = one["metadata"]["name"], one["metadata"]["version"]
        lines.append(f"{name}=={version} --hash=sha256:{one['download_info']['archive_info']['hashes']['sha256']}")
    return "\n".join(sorted(lines, key=str.lower)) + "\n", left_out


def check_hashes(requirements: str, name: str) -> None:
    """An agent installs by hashes only: what has none would be refused there, minutes later."""
    joined = requirements.replace("\\\n", " ")
    bare = [line for line in joined.splitlines() if line.strip() and not line.lstrip().startswith(("#", "-")) and "--hash=" not in line]
    if bare:
        raise SourceError(f"{name}: {bare[0].strip()!r} has no hash. Make a lock with hashes: `uv pip compile --generate-hashes`, `pip-compile --generate-hashes`, or leave --requirements out.")


def shown(command: Sequence[str]) -> str:
    return " ".join(part if re.fullmatch(r"[\w@%+=:,./-]+", part) else "'" + part.replace("'", "'\\''") + "'" for part in command)


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
