"""The demo: stories of communities, played with real commands."""
