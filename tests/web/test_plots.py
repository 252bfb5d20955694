from __future__ import annotations

from onrecord.model import Dated
from onrecord.web.plots import gaps, over_months, stretches


def test_months_between_are_kept_empty_and_told_as_gaps() -> None:
    counts = [("2011-01", 4), ("2011-05", 2)]
    plot = over_months(counts, show_gaps=True)
    assert plot
    assert [bar.when for bar in plot.bars] == ["2011-01", "2011-05"]
    assert gaps(counts) == (("2011-02", "2011-04", 3),)
    assert plot.label == "6 statements by month, January 2011 to May 2011; at most 4 statements in one month"


def test_no_dates_make_no_plot() -> None:
    assert over_months([("", 3), ("2011", 2)]) is None


def test_a_mistaken_year_makes_no_plot_without_end() -> None:
    plot = over_months([("0001-01", 1), ("9999-12", 1)])
    assert plot
    assert plot.width <= 720


def test_roles_become_lines_over_the_time_they_span_together() -> None:
    first, second = stretches((Dated("mayor", 3, "2005-01", "2010-01"), Dated("minister", 2, "2010-01", "2015-01")))
    assert (first.x, first.width, second.x, second.width) == (0.0, 50.0, 50.0, 50.0)
    assert first.when == "January 2005 – January 2010"


def test_roles_are_put_in_the_order_of_their_time() -> None:
    later, earlier = Dated("minister", 2, "2010-01", "2015-01"), Dated("mayor", 3, "2005-01", "2010-01")
    assert [line.words for line in stretches((later, earlier))] == ["mayor", "minister"]
