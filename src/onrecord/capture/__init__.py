"""What an outlet's files hold: bytes to pages."""
