"""A folder as it is sent: files, commit and changes, hashes."""

import io
import subprocess
import tarfile
import tempfile
import unittest
from pathlib import Path

from slipway.source import SourceError, check_hashes, lock_environment, pack_source, read_git, shown


def names_of(packed):
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        return archive.getnames()


class Sources(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "train.py").write_text("print(1)\n")

    def git(self, *arguments):
        subprocess.run(["git", "-C", str(self.folder), "-c", "user.name=a", "-c", "user.email=a@example.test", *arguments], check=True, capture_output=True)

    def commit(self):
        self.git("init", "-q", "-b", "main")
        (self.folder / ".gitignore").write_text("data/\n")
        self.git("add", ".")
        self.git("commit", "-q", "-m", "one")

    def test_outside_a_repository_all_but_caches_is_sent(self):
        (self.folder / "__pycache__").mkdir()
        (self.folder / "__pycache__" / "train.pyc").write_text("x")
        self.assertIsNone(read_git(self.folder))
        self.assertEqual(names_of(pack_source(self.folder)), ["train.py"])

    def test_in_a_repository_what_is_not_ignored_is_sent_and_changes_and_new_files_are_told(self):
        self.commit()
        (self.folder / "data").mkdir()
        (self.folder / "data" / "big.bin").write_text("x" * 100)
        clean = read_git(self.folder)
        self.assertEqual((len(clean.commit), clean.branch, clean.changes), (40, "main", ""))
        (self.folder / "train.py").write_text("print(2)\n")
        (self.folder / "new file.py").write_text("print(3)\n")
        changed = read_git(self.folder)
        self.assertIn("-print(1)\n+print(2)", changed.changes)
        self.assertIn("+print(3)", changed.changes)
        self.assertEqual(names_of(pack_source(self.folder)), [".gitignore", "new file.py", "train.py"])

    def test_a_deleted_file_is_not_sent_and_told_as_deleted(self):
        self.commit()
        (self.folder / "train.py").unlink()
        self.assertIn("deleted file", read_git(self.folder).changes)
        self.assertEqual(names_of(pack_source(self.folder)), [".gitignore"])

    def test_changes_apply_to_the_commit(self):
        self.commit()
        (self.folder / "train.py").write_text("print(2)\n")
        (self.folder / "new.bin").write_bytes(bytes(range(256)))
        changes = read_git(self.folder).changes
        self.git("stash", "-q", "-u")
        subprocess.run(["git", "-C", str(self.folder), "apply", "-"], input=changes.encode(), check=True)
        self.assertEqual((self.folder / "train.py").read_text(), "print(2)\n")
        self.assertEqual((self.folder / "new.bin").read_bytes(), bytes(range(256)))

    def test_a_folder_of_data_is_refused_with_its_largest_file(self):
        with (self.folder / "huge.bin").open("wb") as file:
            file.truncate(300 * 1024 * 1024)
        with self.assertRaisesRegex(SourceError, "huge.bin"):
            pack_source(self.folder)


class Requirements(unittest.TestCase):
    def test_each_line_needs_a_hash(self):
        check_hashes("# a\n--index-url x\nnumpy==1 \\\n    --hash=sha256:1\n", "r.txt")
        with self.assertRaisesRegex(SourceError, "r.txt: 'pandas==2' has no hash"):
            check_hashes("numpy==1 --hash=sha256:1\npandas==2\n", "r.txt")

    def test_a_python_without_pip_says_so(self):
        with self.assertRaisesRegex(SourceError, "pip could not list"):
            lock_environment("false")

    def test_a_command_is_shown_as_a_shell_takes_it(self):
        self.assertEqual(shown(["python", "-c", "it's", "--lr=0.1"]), "python -c 'it'\\''s' --lr=0.1")
