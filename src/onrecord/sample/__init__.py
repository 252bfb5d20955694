"""The sample archive as package data; made by `examples/build_sample.py`, never by hand."""
