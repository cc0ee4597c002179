"""What a call can end in: an answer that says no, or work that ended badly."""

from __future__ import annotations

import json
from typing import Any


class SlipwayError(Exception):
    """The server's refusal (a problem document), or status 0 when no server answered."""

    def __init__(self, status: int, title: str, detail: str, field: str | None = None, body: dict[str, Any] | None = None):
        super().__init__(f"{status} {title}: {detail}" if status else f"{title}: {detail}")
        self.status = status
        self.title = title
        self.detail = detail
        self.field = field
        self.body = body or {}


class WorkFailed(SlipwayError):
    """An operation, a job or a run ended in another state than success."""

    def __init__(self, kind: str, id: str, state: str, detail: str):
        super().__init__(0, f"The {kind} {id} ended {state}", detail or "no reason was given")
        self.kind = kind
        self.id = id
        self.state = state


def error_of(status: int, reason: str, content: bytes) -> SlipwayError:
    """Reads a problem document; what is none is quoted, shortened."""
    try:
        body = json.loads(content)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        text = content[:500].decode("utf-8", "replace").strip()
        is_page = text.lower().startswith(("<!doctype", "<html"))
        return SlipwayError(status, reason or "Error", "a web page answered, not the API: is the URL right?" if is_page else text)
    # Each protocol has its own word for the sentence: problem documents, MLflow, Open Inference.
    detail = body.get("detail") or body.get("message") or body.get("error") or ""
    field = body.get("field")
    title = body.get("title") or body.get("error_code") or reason or "Error"
    return SlipwayError(status, str(title), str(detail), field if isinstance(field, str) else None, body)
