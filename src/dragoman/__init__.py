"""Dragoman keeps the checked record of a diplomatic process from its news coverage."""

__version__ = "0.1.0"

__all__ = ["__version__"]
