"""What lies on disk, each with one owner."""
