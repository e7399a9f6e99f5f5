"""Exporting: claims as files that others read. What is exported is decided by whoever calls: a queryset of claims."""
