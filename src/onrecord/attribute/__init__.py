"""From an article to statements: who said what."""
