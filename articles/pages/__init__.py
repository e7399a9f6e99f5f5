"""Pages: rows → what a page shows. Nothing here writes."""
