"""From a page to a clean article."""
