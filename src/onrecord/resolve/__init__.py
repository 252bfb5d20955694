"""What only the whole archive shows: sources, copies, claims."""
