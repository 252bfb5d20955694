"""From an article to statements: who said what."""

from onrecord.attribute.statements import read_many, read_statements

__all__ = ["read_many", "read_statements"]
