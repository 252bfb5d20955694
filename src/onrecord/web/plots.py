"""Bars over time as plain numbers: the template draws them as SVG, in which every bar is a link."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from onrecord.model import Dated
from onrecord.web.wording import plural, readable_date

HOLE = 3  # empty months in a row that a plot shows as a gap


@dataclass(frozen=True, slots=True)
class Bar:
    """One month (or year) of a plot, in units of the plot's view box."""

    x: float  # of its middle
    y: float  # of its top
    when: str
    count: int
    label: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Gap:
    """Months without anything, in units of the plot's view box."""

    x: float
    width: float
    label: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A year below the plot."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Plot:
    """A row of bars with a label that says in words what it shows."""

    width: int
    height: int
    thick: float  # of a bar
    bars: tuple[Bar, ...]
    gaps: tuple[Gap, ...]
    ticks: tuple[Tick, ...]
    peak: int
    label: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words in use from one date to another, as a line in a plot 100 units wide."""

    words: str
    count: int
    x: float
    width: float
    when: str


def over_months(
    counts: Sequence[tuple[str, int]],
    *,
    what: str = "statement",
    link: Callable[[str], str] | None = None,
    width: int = 720,
    height: int = 72,
    show_gaps: bool = False,
) -> Plot | None:
    """Return the bars of the counts by month (``("2017-04", 12)``), with the months between that have none.

    Args:
        counts: months and their counts, in any order; entries without a month are left out.
        what: the noun that is counted.
        link: gives the address of a month; None for bars that lead nowhere.
        width: of the drawing, in its own units.
        height: of the tallest bar.
        show_gaps: also mark the months that have nothing; for what should have no gaps.
    """
    known = {month[:7]: count for month, count in counts if len(month) >= 7 and month[:4].isdigit()}
    if not known:
        return None
    months = _between(min(known), max(known))
    step = min(width / len(months), 24.0)
    peak = max(max(known.values()), 1)
    thick = round(max(step * 0.82, 0.6), 2)
    bars: list[Bar] = []
    for place, month in enumerate(months):
        count = known.get(month, 0)
        if not count:
            continue
        tall = max(1.5, height * count / peak)
        bar = Bar(
            x=round(place * step + thick / 2, 1),
            y=round(height - tall, 1),
            when=month,
            count=count,
            label=f"{readable_date(month)}: {plural(count, what)}",
            href=link(month) if link else None,
        )
        bars.append(bar)
    used = round(step * len(months))
    label = (
        f"{plural(sum(known.values()), what)} by month, {readable_date(months[0])} to {readable_date(months[-1])}; "
        f"at most {plural(peak, what)} in one month"
    )
    holes = _holes(counts, months, step) if show_gaps else ()
    return Plot(max(used, 1), height, thick, tuple(bars), holes, _years(months, step), peak, label)


def stretches(values: Sequence[Dated]) -> tuple[Stretch, ...]:
    """Return words in use (roles, organisations) as lines over the time that they span together."""
    known = [each for each in values if each.first and each.last]
    if not known:
        return tuple(Stretch(each.words, each.count, 0, 0, "") for each in values)
    start = min(_years_of(each.first) for each in known)
    length = max(max(_years_of(each.last) for each in known) - start, 1 / 12)
    found = []
    for each in sorted(values, key=lambda each: (each.first or "~", each.last or "~")):
        left = (_years_of(each.first) - start) / length * 100
        right = (_years_of(each.last) - start) / length * 100
        first, last = readable_date((each.first or "")[:7]), readable_date((each.last or "")[:7])
        when = first if first == last else f"{first} – {last}"
        if not each.first or not each.last:
            left, right, when = 0, 0, ""
        found.append(Stretch(each.words, each.count, round(left, 1), round(max(right - left, 1.2), 1), when))
    return tuple(found)


def gaps(counts: Sequence[tuple[str, int]]) -> tuple[tuple[str, str, int], ...]:
    """Return each run of months without anything between the first and the last month that have something."""
    known = {month for month, count in counts if count and len(month) >= 7}
    found: list[tuple[str, str, int]] = []
    if not known:
        return ()
    run: list[str] = []
    for month in _between(min(known), max(known)):
        if month not in known:
            run.append(month)
        elif run:
            found.append((run[0], run[-1], len(run)))
            run = []
    return tuple(found)


def _holes(counts: Sequence[tuple[str, int]], months: Sequence[str], step: float) -> tuple[Gap, ...]:
    place = {month: number for number, month in enumerate(months)}
    return tuple(
        Gap(round(place[first] * step, 2), round(length * step, 2), f"nothing from {first} to {last}")
        for first, last, length in gaps(counts)
        if length >= HOLE
    )


def _years_of(date: str | None) -> float:
    parts = [part for part in (date or "")[:7].split("-") if part.isdigit()]
    return int(parts[0]) + (int(parts[1]) - 1) / 12 if len(parts) == 2 else float(parts[0]) if parts else 0.0


def _between(first: str, last: str) -> list[str]:
    start = int(first[:4]) * 12 + int(first[5:7]) - 1
    # Six centuries of months: a page with a mistaken year must not make a plot without end.
    end = min(int(last[:4]) * 12 + int(last[5:7]) - 1, start + 7200)
    return [f"{place // 12:04d}-{place % 12 + 1:02d}" for place in range(start, end + 1)]


def _years(months: Sequence[str], step: float) -> tuple[Tick, ...]:
    starts = [(place, month[:4]) for place, month in enumerate(months) if month.endswith("-01") or place == 0]
    # A label needs some 34 units; show every year, every second, fifth, tenth ... as fits.
    apart = next((every for every in (1, 2, 5, 10, 20, 50, 100) if every * 12 * step >= 34), 200)
    kept = [
        (place, year)
        for place, year in starts
        if int(year) % apart == 0 and (place or len(starts) < 2 or starts[1][0] * step >= 34)
    ]
    return tuple(Tick(round(place * step, 2), year) for place, year in (kept or starts[:1]))
