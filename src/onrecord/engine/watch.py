"""Who watches a build: told of every step, decides nothing."""

from __future__ import annotations

from typing import Protocol

from onrecord.engine.units import Plan, Unit
from onrecord.model import ShardContents
from onrecord.store.shards import Manifest


class Watch(Protocol):
    """Is told how a build goes on. Every method may do nothing."""

    def planned(self, plan: Plan) -> None:
        """What there is to do is known."""

    def rows(self, contents: ShardContents) -> None:
        """Some pages are done."""

    def shard(self, unit: Unit, manifest: Manifest) -> None:
        """A shard is in its place; it is not lost any more."""

    def deriving(self) -> None:
        """All shards are there; the index and what else is derived is being made."""


class Silent:
    """A watch that says nothing."""

    def planned(self, plan: Plan) -> None:
        """Do nothing."""

    def rows(self, contents: ShardContents) -> None:
        """Do nothing."""

    def shard(self, unit: Unit, manifest: Manifest) -> None:
        """Do nothing."""

    def deriving(self) -> None:
        """Do nothing."""
