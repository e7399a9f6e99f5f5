"""The servers that tests run beside: started for one command, on the loopback, gone afterwards."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsdesk.caches import cache

ROOT = Path(__file__).parent.parent
REDIS = shutil.which("redis-server") or shutil.which("valkey-server")
needs_redis = pytest.mark.skipif(
    not REDIS, reason="no Redis here (on Debian and Ubuntu: sudo apt install redis-server)"
)

# What a desk does with its cache, with the settings of production.
USED = """
import django
django.setup()
from django.core.cache import cache
from django.test import Client
cache.set("page", ("HTML", 1), 60)
print(cache.get("page"), cache.get("other"))
print(Client().get("/readyz", headers={"Host": "localhost"}).json()["missing"].get("cache", "kept"))
cache.clear()
print(cache.get("page"))
"""


def run(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "newsdesk.settings", "SECRET_KEY": "x" * 50, **variables}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)


@needs_redis
def test_a_redis_is_there_for_a_command_and_gone_after_it() -> None:
    done = run(".ci/with-redis", "sh", "-c", 'echo "$CACHE_URL"; exit 3')
    assert done.returncode == 3, "what the command said"
    assert (found := re.fullmatch(r"redis://127\.0\.0\.1:(\d+)/0\n", done.stdout))
    left = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert f"127.0.0.1:{found[1]}" not in left


@needs_redis
def test_a_desk_keeps_its_pages_in_it(tmp_path: Path) -> None:
    done = run(".ci/with-redis", sys.executable, "-c", USED, DATA_DIR=str(tmp_path))
    assert done.stdout.splitlines() == ["('HTML', 1) None", "kept", "None"]


@pytest.mark.parametrize("script", [".ci/with-redis", ".ci/with-postgresql"])
def test_where_there_is_none_it_says_how_to_get_one(script: str, tmp_path: Path) -> None:
    if script.endswith("postgresql") and list(Path("/usr/lib/postgresql").glob("*/bin")):
        pytest.skip("PostgreSQL is where this would look, whatever PATH says")
    done = run("/bin/sh", script, "true", PATH=str(tmp_path))
    assert done.returncode == 77, "which make test-services takes for a reason to skip"
    assert "sudo apt install" in done.stderr


def test_an_address_without_a_number_is_that_of_the_first_database() -> None:
    assert cache("redis://127.0.0.1")["LOCATION"] == "redis://127.0.0.1"
    with pytest.raises(ImproperlyConfigured):
        cache("redis://127.0.0.1/first")
