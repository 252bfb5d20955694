"""Records to bytes and back, for what the index stores: JSON with the names of the fields.

Fields that have their default are left out, so short records stay short and a record written before a
field was added is still read. The way back follows the dataclass, field by field.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

Record = TypeVar("Record")
Load = Callable[[Any], Any]


def dump(record: Any) -> bytes:
    """Return a frozen record (and all records in it) as UTF-8 JSON."""
    return json.dumps(_given(record), default=_given, ensure_ascii=False, separators=(",", ":")).encode()


def load(kind: type[Record], data: bytes) -> Record:
    """Return the record that :func:`dump` wrote."""
    record = _loader(typing.cast(Any, kind))(json.loads(data))
    assert isinstance(record, kind)
    return record


def _given(record: Any) -> dict[str, Any]:
    """Return the fields that differ from their default."""
    given = {}
    for name, default in _defaults(typing.cast(Any, type(record))):
        value = getattr(record, name)
        if value is not default and value != default:
            given[name] = value
    return given


_REQUIRED = object()


@functools.cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    if not (isinstance(kind, type) and dataclasses.is_dataclass(kind)):
        raise TypeError(f"not a record: {kind}")
    found = []
    for field in dataclasses.fields(kind):
        if field.default is not dataclasses.MISSING:
            found.append((field.name, field.default))
        elif field.default_factory is not dataclasses.MISSING:
            found.append((field.name, field.default_factory()))
        else:
            found.append((field.name, _REQUIRED))
    return tuple(found)


@functools.cache
def _loader(hint: Any) -> Load:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        item = _loader(next(kind for kind in inner if kind is not type(None)))
        return item if item is _same else lambda value: None if value is None else item(value)
    if origin is tuple and len(inner) == 2 and inner[1] is Ellipsis:
        item = _loader(inner[0])
        return tuple if item is _same else lambda values: tuple(item(value) for value in values)
    if origin is tuple:
        return tuple
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _record_loader(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    return _same


def _record_loader(kind: type) -> Load:
    hints = typing.get_type_hints(kind)
    loaders = {field.name: _loader(hints[field.name]) for field in dataclasses.fields(kind)}

    def load_record(given: dict[str, Any]) -> Any:
        return kind(**{name: loaders[name](value) for name, value in given.items() if name in loaders})

    return load_record


def _same(value: Any) -> Any:
    return value
