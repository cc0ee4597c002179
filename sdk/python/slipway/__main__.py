"""`python -m slipway`: submit a command from this folder, or register the folder as a recipe."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from .client import Client
from .errors import SlipwayError, WorkFailed
from .source import SourceError, check_hashes, lock_environment, pack_source, read_git, shown


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="slipway", description="Runs on a Slipway server: SLIPWAY_URL and SLIPWAY_TOKEN say which.")
    commands = parser.add_subparsers(dest="verb", required=True)
    submit = commands.add_parser("submit", help="run a command with this folder's code", usage="slipway submit [options] -- command …")
    submit.add_argument("--dir", default=".", help="the folder that is sent and run in (this one)")
    submit.add_argument("--experiment", help="made where there is none; the default experiment if not given")
    submit.add_argument("--name", default="", help="of the run")
    submit.add_argument("--cpus", type=float, default=1)
    submit.add_argument("--memory", default="2GiB")
    submit.add_argument("--gpus", type=int, default=0)
    submit.add_argument("--timeout", default="1h", help="such as 30m, 2h, 1d")
    submit.add_argument("--attempts", type=int, default=1, help="how often it may be tried when the host fails")
    submit.add_argument("--tag", action="append", default=[], metavar="KEY=VALUE")
    packages = submit.add_mutually_exclusive_group()
    packages.add_argument("--requirements", metavar="FILE", help="a requirements file with hashes; without it, the packages of this Python are locked")
    packages.add_argument("--no-environment", action="store_true", help="the agent's own Python, without packages")
    submit.add_argument("--follow", action="store_true", help="print the log and wait for the end")
    submit.add_argument("command", nargs="+")
    recipe = commands.add_parser("register", help="register a folder with a recipe.yaml, here or in a git repository")
    recipe.add_argument("folder", metavar="FOLDER|URL")
    recipe.add_argument("--requirements", metavar="FILE", help="a lock with hashes; the folder's requirements.txt if not given")
    recipe.add_argument("--ref", default="", help="of a repository: a branch, a tag or a commit; the default branch if not given")
    recipe.add_argument("--folder", dest="inside", default="", metavar="PATH", help="of a repository: where recipe.yaml lies")
    return parser


def _requirements(options: argparse.Namespace) -> str | None:
    if options.no_environment:
        return None
    if options.requirements:
        text = Path(options.requirements).read_text(encoding="utf-8")
        check_hashes(text, options.requirements)
        return text
    _say("locking the packages of this Python …")
    lock, left_out = lock_environment()
    if left_out:
        _say(f"left out, for no index has them: {', '.join(left_out)}")
    return lock or None


def _submit(client: Client, options: argparse.Namespace) -> int:
    folder = Path(options.dir).resolve()
    git = read_git(folder)
    requirements = _requirements(options)
    work = client.runs.submit(
        options.command,
        code=pack_source(folder),
        git=git,
        requirements=requirements,
        experiment=options.experiment,
        name=options.name,
        resources={"cpus": options.cpus, "memory": options.memory, "gpus": options.gpus, "timeout": options.timeout},
        tags=dict(tag.split("=", 1) for tag in options.tag),
        attempts=options.attempts,
    )
    where = f"{client.url}/{client.viewer()['project']['slug']}/experiments/runs/{work.answer['runHex']}"
    _say(f"{options.name or shown(options.command)}: {where}")
    print(work.answer["runHex"])
    return _follow(client, work) if options.follow else 0


def _follow(client: Client, work) -> int:
    job, offset, attempt = work.answer["jobId"], 0, 1
    while True:
        is_over = client.jobs.work(job).is_over()
        piece = client.jobs.log_from(job, offset)
        if piece["attempt"] > attempt:
            _say(f"attempt {piece['attempt']}:")
            offset, attempt = 0, piece["attempt"]
            continue
        offset = piece["to"]
        sys.stderr.write(piece["text"])
        sys.stderr.flush()
        if not piece["text"]:
            if is_over:
                break
            time.sleep(0.5)
    try:
        work.wait()
    except WorkFailed as failed:
        _say(str(failed))
        return 1
    return 0


def _register(client: Client, options: argparse.Namespace) -> dict:
    if "://" not in options.folder:
        return client.recipes.register(options.folder, options.requirements)
    # Not an argument: others on the machine can read those.
    token = os.environ.get("SLIPWAY_GIT_TOKEN") or None
    return client.recipes.register_git(options.folder, ref=options.ref, folder=options.inside, token=token).wait()


def main(arguments: list[str] | None = None) -> int:
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.verb == "register" and "://" in options.folder and options.requirements:
        parser.error("--requirements is for a folder here: a repository's requirements.txt is taken as it is")
    for tag in getattr(options, "tag", []):
        if "=" not in tag:
            parser.error(f"--tag {tag}: KEY=VALUE is expected")
    try:
        with Client() as client:
            if options.verb == "submit":
                return _submit(client, options)
            recipe = _register(client, options)
            print(f"{recipe['name']} v{recipe['version']}")
            return 0
    except (SlipwayError, SourceError, ValueError, OSError) as error:
        _say(f"slipway: {error}")
        return 2


if __name__ == "__main__":
    sys.exit(main())
