"""Settings: flags win over the environment, the environment over the defaults."""

from __future__ import annotations

import pytest

from onrecord import settings
from onrecord.errors import OnrecordError


def test_defaults_hold_when_nothing_is_said() -> None:
    assert settings.load(environ={}) == settings.Settings()


def test_the_environment_wins_over_the_defaults() -> None:
    assert settings.load(environ={"ONRECORD_WORKERS": "3"}).workers == 3


def test_a_flag_wins_over_the_environment() -> None:
    assert settings.load({"workers": 2}, {"ONRECORD_WORKERS": "3"}).workers == 2


def test_a_flag_that_was_not_given_changes_nothing() -> None:
    assert settings.load({"workers": None}, {"ONRECORD_WORKERS": "3"}).workers == 3


def test_a_value_of_the_wrong_type_is_named() -> None:
    with pytest.raises(OnrecordError, match="ONRECORD_PORT='eighty' is not a int"):
        settings.load(environ={"ONRECORD_PORT": "eighty"})


def test_the_server_listens_on_loopback_unless_told_otherwise() -> None:
    assert settings.Settings().host == "127.0.0.1"
