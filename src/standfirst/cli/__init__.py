"""The command line: starts the newspaper, watches over its processes, runs the tests. Its front knows no Django."""

from importlib.metadata import version

VERSION = version("standfirst")
