"""The stamp of the whole desk: a number that moves with every transaction that changes what a page may show; and that
of its names, which moves when a source, a story or a question comes, goes or is called otherwise.

Triggers move it (`desk_stamp.py`), so no way of writing is forgotten. It is the sum over a few rows: writers on
PostgreSQL each take one that is free, so that none of them waits for another's.
"""

from django.db import models


class DeskStamp(models.Model):
    stamp = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.stamp)


class NameStamp(models.Model):
    stamp = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.stamp)
