"""From a page to a clean article, or to the reason why there is none.

Public: :func:`extract`.
"""

from onrecord.extract.article import extract

__all__ = ["extract"]
