"""Claims that a text attributes to somebody, found by rules and a lexicon."""
