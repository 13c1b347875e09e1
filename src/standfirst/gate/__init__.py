"""The gate: holds each page's variants in memory and answers every visit from them. No Django here.

It knows the site by `docs/reference/protocol.md` alone.
"""
