"""JSON as columns keep it: with letters as they are, so that a search in the column finds them."""

import json
from typing import Any


class ReadableJSON(json.JSONEncoder):
    """Without `\\u` escapes, which SQLite would keep as they are. PostgreSQL's jsonb keeps letters in any case."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "ensure_ascii": False})
