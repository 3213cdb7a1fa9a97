"""The version of the app, named in whatever goes out; pyproject.toml takes it from here."""

VERSION = "0.1.0"
