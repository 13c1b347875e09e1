"""Passes, and typed readers of the environment. No Django here: the gate stands on it."""
