"""Importing: files → rows. Sources and stories, articles, claims, and the run over many files."""
