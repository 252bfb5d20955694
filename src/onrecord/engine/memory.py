"""Memory that was freed, given back to the system."""

from __future__ import annotations

import ctypes

import pyarrow as pa


def give_back() -> None:
    """Give freed memory back, so that the peaks of one step after the other do not add up.

    Arrow keeps freed memory in its pool, and the C library keeps it in its heap, where pages of every size leave
    gaps. It takes about a millisecond.
    """
    pa.default_memory_pool().release_unused()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # of the GNU C library only
    if trim is not None:
        trim(0)
