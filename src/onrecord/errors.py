"""Every exception that onrecord raises on purpose.

The tree::

    OnrecordError
    ├── InputError            an input cannot be read at all
    ├── BuildError            the build could not go on or took nothing
    │   └── NoSpaceError      the disk is full
    ├── ArchiveError          a folder is not an archive that can be used
    │   ├── NotAnArchiveError
    │   ├── NewerFormatError
    │   └── BusyArchiveError  another process is writing to it
    ├── QueryError            a search that cannot be understood
    ├── NotFoundError         no record has this id
    ├── LedgerError           a judgement that cannot be recorded
    ├── ModelError            the attribution model is missing or damaged
    └── MissingPartError      an optional part of onrecord is not installed

A message says what happened, where, and what to do. What is wrong with *one* page of many is
never an exception: it becomes a :class:`onrecord.model.Skip`.
"""

from __future__ import annotations


class OnrecordError(Exception):
    """Base of all errors that onrecord raises on purpose; its text is fit to be shown to a user."""


class InputError(OnrecordError):
    """An input cannot be read at all: missing, unreadable, or of no kind that onrecord knows."""


class BuildError(OnrecordError):
    """A build could not go on, or nothing at all could be taken from its inputs."""


class NoSpaceError(BuildError):
    """The disk that holds the archive is full."""


class ArchiveError(OnrecordError):
    """A folder cannot be used as an archive."""


class NotAnArchiveError(ArchiveError):
    """The folder does not exist or holds no archive."""


class NewerFormatError(ArchiveError):
    """The archive was written by a later version of onrecord."""


class BusyArchiveError(ArchiveError):
    """Another process is building into this archive."""


class QueryError(OnrecordError):
    """A search that cannot be understood; the message points at the place."""


class NotFoundError(OnrecordError):
    """No record of the archive has the id that was asked for."""


class LedgerError(OnrecordError):
    """A judgement that cannot be recorded or undone."""


class ModelError(OnrecordError):
    """The attribution model is missing or damaged."""


class MissingPartError(OnrecordError):
    """An optional part is not installed; the message names the command that installs it."""
