"""What a job was given to go on from."""

from __future__ import annotations

import os
from pathlib import Path


def checkpoint() -> Path | None:
    """The file or folder that a resumed run goes on from; None where it begins at the start."""
    given = os.environ.get("SLIPWAY_CHECKPOINT")
    return Path(given) if given else None
