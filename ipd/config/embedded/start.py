"""One start of Gatehouse, step by step."""

import os

from ipd.config.embedded import application, commands, postgres, valkey
from ipd.config.embedded.folders import Folders, Hold
from ipd.config.embedded.interrupts import Interrupts
from ipd.config.embedded.privilege import server_account
from ipd.config.embedded.programs import programs
from ipd.config.embedded.supervisor import Supervisor
from ipd.config.embedded.terminal import Steps, say


class Start:
    """What was started is in the supervisor's list, however far the start came."""

    def __init__(self, folders: Folders, interrupts: Interrupts, host: str, port: int):
        self.folders, self.interrupts, self.host, self.port = folders, interrupts, host, port
        self.supervisor = Supervisor(interrupts)
        self.steps = Steps(6)
        self.address = application.address(host, port)
        self.servers: dict[str, str] = {}
        self.hold: Hold | None = None

    @property
    def open_to_others(self) -> bool:
        return not self.host.startswith(("127.", "localhost", "::1"))

    def all(self, *, empty: bool) -> bool:
        """Whether the demonstration company is part of it; the first start decided that."""
        self.folders.make()
        hold = Hold(self.folders)
        hold.take(self.address, self.interrupts.pause, say)
        self.hold = hold
        application.check_port(self.host, self.port)
        say(f"Gatehouse, with its data in {self.folders.data}")
        self.native_servers()
        environment = application.environment(self.folders, self.host, self.port, self.servers)
        self.command("Tables", "bringing them up to date", environment, "migrate")
        self.command("Static files", "collecting them", environment, "collectstatic")
        empty = self.company(environment, empty=empty)
        self.own_processes(environment)
        return not empty

    def company(self, environment: dict, *, empty: bool) -> bool:
        """Whether this data began without the demonstration company; only a first start chooses."""
        began_empty = self.folders.began_empty()
        if began_empty is False and empty:
            say("--empty is for a first start: this data began with the demonstration company.")
        empty = empty if began_empty is None else began_empty
        what = "process, administrator" + ("" if empty else ", demonstration")
        self.command("Company", what, environment, "first_start", *["--empty"] * empty)
        self.folders.remember(empty=empty)
        return empty

    def native_servers(self) -> None:
        """PostgreSQL and Valkey, each unless the environment names another."""
        database, broker = os.environ.get("DATABASE_URL"), os.environ.get("BROKER_URL")
        kit = None if database and broker else self.kit()
        if database:
            self.steps.said("Database", "the one that DATABASE_URL names")
        else:
            self.start_postgres(*kit)
        if broker:
            self.steps.said("Broker", "the one that BROKER_URL names")
        else:
            self.start_valkey(*kit)
        if broker and broker.startswith(("redis://", "rediss://")):
            self.servers.setdefault("CACHE_URL", broker)
        if cache := os.environ.get("CACHE_URL"):
            self.servers["CACHE_URL"] = cache

    def kit(self) -> tuple:
        account = server_account(self.folders.cluster)
        found = programs(account, self.folders.programs)
        return self.folders.sockets(account), found, account

    def start_postgres(self, sockets, found, account) -> None:
        cluster, log = self.folders.cluster, self.folders.log("postgresql")
        postgres.check(cluster)
        first = not cluster.exists()
        what = "making a PostgreSQL 18 of its own" if first else "PostgreSQL 18"
        with self.steps.step("Database", what):
            if first:
                postgres.initialise(cluster, found, account, log, self.interrupts.pause)
            keeps = (self.hold.servers,)
            server = postgres.server(cluster, sockets, found, account, log, keeps=keeps)
            self.supervisor.start(server)
        self.servers["DATABASE_URL"] = postgres.url(sockets)

    def start_valkey(self, sockets, found, account) -> None:
        log, keeps = self.folders.log("valkey"), (self.hold.servers,)
        with self.steps.step("Broker and cache", "Valkey"):
            server = valkey.server(self.folders.valkey, sockets, found, account, log, keeps=keeps)
            self.supervisor.start(server)
        self.servers["BROKER_URL"] = valkey.broker_url(sockets)
        self.servers["CACHE_URL"] = valkey.cache_url(sockets)

    def command(self, step: str, what: str, environment: dict, name: str, *options: str) -> None:
        if name in {"migrate", "collectstatic"}:
            options = ("--no-input", *options)
        with self.steps.step(step, what):
            keeps = (self.hold.servers,)
            commands.run(name, options, environment, keeps, self.interrupts.pause)

    def own_processes(self, environment: dict) -> None:
        folders, keeps = self.folders, (self.hold.servers,)
        with self.steps.step("Gatehouse", "worker, clock and web server"):
            self.supervisor.start(application.worker(folders, environment, keeps), wait=False)
            self.supervisor.start(application.clock(folders, environment, keeps), wait=False)
            web = application.web(folders, environment, keeps, self.host, self.port)
            self.supervisor.start(web)

    def end(self) -> None:
        self.supervisor.stop()
        if self.hold:
            self.hold.release()
