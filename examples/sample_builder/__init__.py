"""The parts of `build_sample.py`: sources, pages, records, crawls."""
