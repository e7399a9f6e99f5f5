"""Suggestions: claims that the desk's own rules propose, for editors to accept, correct or reject."""
