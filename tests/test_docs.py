"""docs/commands.md: every command, option and setting is in it, and nothing else."""

from __future__ import annotations

import dataclasses
import importlib
import re
from pathlib import Path

import click
import pytest

from onrecord.cli import COMMANDS
from onrecord.settings import Settings

PAGE = (Path(__file__).parents[1] / "docs" / "commands.md").read_text(encoding="utf-8")


def commands() -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []
    for name in COMMANDS:
        command = importlib.import_module(f"onrecord.cli.{name}").command
        if isinstance(command, click.Group):
            found += [(f"{name} ARCHIVE {inner}", part) for inner, part in command.commands.items()]
        else:
            found.append((name, command))
    return found


def options(command: click.Command) -> set[str]:
    return {
        word
        for part in command.params
        for word in part.opts
        if isinstance(part, click.Option) and word.startswith("--")
    }


@pytest.mark.parametrize(("name", "command"), commands(), ids=[name for name, _ in commands()])
def test_every_command_is_shown_with_all_its_options(name: str, command: click.Command) -> None:
    shown = re.search(rf"^onrecord {re.escape(name)}\b.*(?:\n +[\[-].*)*", PAGE, re.MULTILINE)
    assert shown is not None
    named = set(re.findall(r"(?<=\[)--[\w-]+|(?<= )--[\w-]+", shown.group()))
    elsewhere = set(re.findall(rf"`{re.escape(name.split()[0])} (--[\w-]+)", PAGE))
    assert named | elsewhere == options(command)


def test_every_setting_is_in_the_table_with_its_default() -> None:
    table = dict.fromkeys(re.findall(r"`ONRECORD_(\w+)`", PAGE))
    fields = {field.name: field.default for field in dataclasses.fields(Settings)}
    assert {name.lower() for name in table} == set(fields)
    for name, default in fields.items():
        (row,) = [row for row in PAGE.splitlines() if f"`ONRECORD_{name.upper()}`" in row and row.startswith("|")]
        assert str(default) in row
