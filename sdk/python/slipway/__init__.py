"""A thin client of Slipway's HTTP API, for what the MLflow client does not cover. Standard library only."""

from .checkpoint import checkpoint
from .client import Client
from .errors import SlipwayError, WorkFailed

__all__ = ["Client", "SlipwayError", "WorkFailed", "checkpoint"]
