"""A static-site generator for Japanese trend posts."""

__version__ = "0.1.0"
