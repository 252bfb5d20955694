"""The drawings of the sample archive."""
