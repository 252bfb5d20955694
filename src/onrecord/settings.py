"""One frozen :class:`Settings`; defaults, environment and flags meet here once.

The environment variables are ``ONRECORD_`` and the field's name in capitals, for example
``ONRECORD_WORKERS=4``. Flags win over the environment, the environment over the defaults.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.errors import OnrecordError


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set. Sizes are bytes, times are seconds."""

    engine: str = "local"  # local | spark
    workers: int = 0  # processes; 0 = one per core
    attributor: str = "model"  # model | rules
    max_page_bytes: int = 20_000_000  # a page larger than this is skipped, not read
    max_page_seconds: float = 2.0  # a page that takes longer is skipped
    host: str = "127.0.0.1"
    port: int = 8000


def load(overrides: Mapping[str, object] | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that hold.

    Args:
        overrides: values by field name, for example from flags; ``None`` values are ignored.
        environ: the environment; ``os.environ`` when left out.

    Raises:
        OnrecordError: an environment variable holds a value of the wrong type.
    """
    env = os.environ if environ is None else environ
    values: dict[str, object] = {}
    for field in dataclasses.fields(Settings):
        raw = env.get(f"ONRECORD_{field.name.upper()}")
        if raw is not None:
            values[field.name] = _parse(field.name, raw)
    values.update({name: value for name, value in (overrides or {}).items() if value is not None})
    return dataclasses.replace(Settings(), **values)  # type: ignore[arg-type]


def _parse(name: str, raw: str) -> object:
    kind = type(getattr(Settings(), name))
    try:
        return kind(raw)
    except ValueError:
        message = f"ONRECORD_{name.upper()}={raw!r} is not a {kind.__name__}; correct or unset the variable"
        raise OnrecordError(message) from None
