"""Who watches a build: told of every step, decides nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, Self

from onrecord.engine.units import Plan, Unit
from onrecord.model import ShardContents
from onrecord.store.shards import Manifest


@dataclass(frozen=True, slots=True)
class Step:
    """How many pages were done, and what came of them."""

    captures: int
    articles: int
    statements: int
    skips: Mapping[str, int]  # by reason

    @classmethod
    def of(cls, contents: ShardContents) -> Self:
        """Count the rows."""
        skips = Counter(skip.reason for skip in contents.skips)
        return cls(len(contents.captures), len(contents.articles), len(contents.statements), skips)


class Watch(Protocol):
    """Is told how a build goes on. Every method may do nothing."""

    def planned(self, plan: Plan) -> None:
        """What there is to do is known."""

    def step(self, step: Step) -> None:
        """Some pages are done."""

    def shard(self, unit: Unit, manifest: Manifest) -> None:
        """A shard is in its place; it is not lost any more."""

    def deriving(self) -> None:
        """All shards are there; the index and what else is derived is being made."""


class Silent:
    """A watch that says nothing."""

    def planned(self, plan: Plan) -> None:
        """Do nothing."""

    def step(self, step: Step) -> None:
        """Do nothing."""

    def shard(self, unit: Unit, manifest: Manifest) -> None:
        """Do nothing."""

    def deriving(self) -> None:
        """Do nothing."""
