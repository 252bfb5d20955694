"""From a page to a clean article, or to the reason why there is none.

Public: :func:`extract`; :func:`learn` for what a site repeats, with :func:`count`, :class:`Counts` and
:func:`profiles` where the pages of a site lie in several shards.
"""

from onrecord.extract.article import extract
from onrecord.extract.learn import count, learn
from onrecord.extract.repeats import Counts, ProfileOf, SiteProfile, profiles

__all__ = ["Counts", "ProfileOf", "SiteProfile", "count", "extract", "learn", "profiles"]
