"""One module per page: a dataclass with a help text per field, and the function that builds it."""
