"""Warraq (ورّاق): an online newspaper, Arabic first, pressed into plain files."""

__version__ = "0.1.0"
