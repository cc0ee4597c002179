"""A thin client of Slipway's HTTP API, for what the MLflow client does not cover. Standard library only."""

from .client import Client
from .errors import SlipwayError, WorkFailed
from .experiments import checkpoint

__all__ = ["Client", "SlipwayError", "WorkFailed", "checkpoint"]
