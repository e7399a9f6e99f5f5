"""A PostgreSQL server of a test's own, which can be stopped and started, with as many databases as wanted."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

INSTALLED = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
PROGRAMS = Path(INSTALLED[-1]) if INSTALLED else Path(shutil.which("initdb") or "").parent
NO_POSTGRESQL = "" if (PROGRAMS / "initdb").exists() else "there is no PostgreSQL here (Debian: apt install postgresql)"


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


class Cluster:
    """Refuses to run as root, so it runs as `postgres` then, in a folder of its own."""

    def __init__(self, replica_of: "Cluster | None" = None) -> None:
        """A replica has the port of its primary, at another address of the loopback: as on two machines."""
        self.folder = Path(tempfile.mkdtemp(prefix="newsdesk-postgresql-"))
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        if replica_of is None:
            self.host, self.port = "127.0.0.1", free_port()
            self._do("initdb", "-D", "data", "-A", "trust", "-U", "newsdesk", "-E", "UTF8", "--locale=C.UTF-8")
        else:
            self.host, self.port = "127.0.0.2", replica_of.port
            self._do("pg_basebackup", "-D", "data", "-R", "-d", replica_of.url("replication"))
        self.start()

    def _do(self, program: str, *words: str) -> None:
        as_whom = {}
        if os.geteuid() == 0:
            who = pwd.getpwnam("postgres")
            as_whom = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
        with (self.folder / "said").open("ab") as said:
            subprocess.run(
                [str(PROGRAMS / program), *words], cwd=self.folder, stdout=said, stderr=said, check=True, **as_whom
            )

    def start(self) -> None:
        """With its writes made durable, as on a real desk: what was acknowledged is there after a crash."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses={self.host} -c max_connections=60"
        self._do("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", options, "start")

    def stop(self, how: str = "fast") -> None:
        """`immediate` is as if it had crashed."""
        self._do("pg_ctl", "-D", "data", "-m", how, "-w", "stop")

    def url(self, name: str) -> str:
        return f"postgresql://newsdesk@{self.host}:{self.port}/{name}"

    def make(self, name: str, *, like: str = "") -> str:
        """An empty database, or a copy, while nobody is connected to the other. Copied by file: a sequence that is
        copied by PostgreSQL 15's log, the default, gives numbers out again after a crash."""
        template = f" TEMPLATE {urlsplit(like).path[1:]} STRATEGY file_copy" if like else ""
        self.do(f"CREATE DATABASE {name}{template}")
        return self.url(name)

    def do(self, sql: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.url("postgres"), autocommit=True) as database:
            cursor = database.execute(sql)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []

    def wait_for_replica(self) -> None:
        """From now on nothing is acknowledged that a replica does not have."""
        self.do("ALTER SYSTEM SET synchronous_standby_names = '*'")
        self.do("SELECT pg_reload_conf()")
        ends = time.monotonic() + 60
        while self.do("SELECT sync_state FROM pg_stat_replication") != [("sync",)]:
            assert time.monotonic() < ends
            time.sleep(0.05)

    def take_over(self) -> None:
        """A replica becomes the primary. Returns once it takes writes."""
        self._do("pg_ctl", "-D", "data", "-w", "promote")

    def cut(self, name: str) -> int:
        """Every connection to the database, from the server's side. How many there were."""
        sql = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        return len(self.do(sql))

    def remove(self) -> None:
        if (self.folder / "data/postmaster.pid").exists():
            self.stop("immediate")
        shutil.rmtree(self.folder)
