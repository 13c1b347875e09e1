"""The built-in newsroom."""
