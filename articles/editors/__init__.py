"""Editors: the forms that they fill in, and what they get back. What is written is written by `writing`."""
