"""The commands: arguments in, messages out. Each command is a module, imported when it is asked for.

Exit status: 0 done; 1 the work failed, with one line that says what, where and what to do;
2 wrong arguments; 130 stopped by the user.
"""

from __future__ import annotations

import importlib
import os
import sys
from io import TextIOWrapper

import click

from onrecord import __version__
from onrecord.errors import OnrecordError

# name -> one sentence. The module onrecord.cli.<name> has a click command called ``command``.
COMMANDS: dict[str, str] = {
    "build": "Turn captures into an archive, or add new ones to it.",
    "serve": "Serve the web app and the JSON API of an archive.",
    "demo": "Build the sample archive and serve it.",
    "search": "Search statements, articles or pictures.",
    "sources": "List the sources of an archive, or one source's whole life.",
    "claims": "Show who says a thing, and how many say it independently.",
    "copies": "Show which articles repeat another's text.",
    "extract": "Print the article of each file as JSON Lines.",
    "attribute": "Print who said what in each text as JSON Lines.",
    "names": "Say for pairs of names whether they name the same one.",
    "verify": "Check every receipt of an archive.",
    "report": "Account for every file and capture: taken, or skipped and why.",
    "export": "Write an archive in a format that other programs read.",
    "ledger": "List, add, undo, export and import judgements.",
    "publish": "Write a static copy of the web app.",
    "mcp": "Offer an archive to language models (Model Context Protocol).",
}


class LazyGroup(click.Group):
    """A group that lists its commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"onrecord.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table, so that ``--help`` imports none of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="onrecord")
def cli() -> None:
    """A news archive in which every statement is tied to who said it."""


def main() -> None:
    """Run the command line; never shows a traceback for an error that onrecord knows."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # programs read UTF-8; a terminal gets what it can show
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    try:
        cli.main(standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        sys.exit(130)
    except OnrecordError as error:
        click.echo(f"onrecord: {error}", err=True)
        sys.exit(1)
    except OSError as error:
        if not isinstance(error, BrokenPipeError):  # who reads from a pipe may stop when it has enough
            click.echo(f"onrecord: {error.filename or 'the output'}: {error.strerror or error}", err=True)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still to be flushed goes nowhere
        sys.exit(1)
    except Exception as error:
        if type(error).__module__ != "pyarrow.lib":  # asked by name, so that --help need not load it
            raise
        click.echo(f"onrecord: a file of the archive is damaged: {error}", err=True)
        click.echo(
            "`onrecord verify` on it names the shard; remove that folder and build again from its input", err=True
        )
        sys.exit(1)
