"""Where a batch of independent runs is carried out: the arms and seeds of a comparison, the repeats of a sweep."""

import re
from abc import abstractmethod
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, field_validator, model_validator

from lrgui.core.config.base import Choice, Config, described, parse_choice, parse_optional, refused
from lrgui.core.messages import Message, say

MOST_WORKERS = 256

_LOOPBACK = re.compile(r"localhost|127(\.\d{1,3}){3}|::1")


class PlaceChoice(Choice):
    """A place."""

    name: str

    @property
    @abstractmethod
    def label(self) -> Message:
        """Where it is, to stand in a sentence."""


class Here(PlaceChoice):
    """One run after the other in this process, in turn by epochs."""

    title = say("Here")
    summary = say("In this process, the runs in turn.")

    name: Literal["here"] = "here"

    @property
    def label(self) -> Message:
        """Where it is, to stand in a sentence."""
        return say("in this process")


class Processes(PlaceChoice):
    """Processes of their own on this computer, side by side; nobody else can reach them."""

    title = say("Processes")
    summary = say("In several processes on this computer, side by side.")

    name: Literal["processes"] = "processes"
    workers: Annotated[int | None, BeforeValidator(parse_optional)] = described(
        None,
        "Processes",
        "How many; off: one for each core. Each takes about 0.6 GB of memory.",
        ge=1,
        le=MOST_WORKERS,
    )

    @property
    def label(self) -> Message:
        """Where it is, to stand in a sentence."""
        if self.workers is None:
            return say("in processes of their own")
        return say("in one process of its own") if self.workers == 1 else say("in {n} processes", n=self.workers)


class RunningCluster(PlaceChoice):
    """A cluster of Dask that somebody has started: encrypted, or on this computer."""

    title = say("Cluster")
    summary = say("On a cluster of Dask that is running.")

    name: Literal["cluster"] = "cluster"
    address: str = described(
        "", "Scheduler", "The address of its scheduler: tls://HOST:8786, or tcp://127.0.0.1:8786 here.", kind="name"
    )
    certificates: str = described(
        "", "Certificates", "For tls: the folder with ca.pem, cert.pem and key.pem.", kind="folder"
    )
    ca: str = described(
        "", "Authority", "The file with the authority, if it is not ca.pem.", kind="path", advanced=True
    )
    cert: str = described(
        "", "Certificate", "The file with your certificate, if it is not cert.pem.", kind="path", advanced=True
    )
    key: str = described("", "Key", "The file with your key, if it is not key.pem.", kind="path", advanced=True)

    @property
    def label(self) -> Message:
        """Where it is, to stand in a sentence."""
        return say("on {address}", address=self.address)

    @field_validator("address")
    @classmethod
    def _nobody_else_can_listen(cls, address: str) -> str:
        address = address.strip()
        scheme, host = _parts(address)
        if scheme not in ("tls", "tcp"):
            raise refused(
                say("Give the address of a scheduler: tls://HOST:8786, or tcp://127.0.0.1:8786 on this computer.")
            )
        if scheme == "tcp" and not _LOOPBACK.fullmatch(host):
            raise refused(
                say(
                    "{address} is not encrypted: whoever can reach it could run programs there and here. Start the "
                    "scheduler with certificates, and give tls://{host}:8786.",
                    address=address,
                    host=host,
                )
            )
        return address

    @model_validator(mode="after")
    def _tls_has_certificates(self) -> "RunningCluster":
        if self.address.startswith("tls") and not self.certificates and not (self.ca and self.cert and self.key):
            raise refused(
                say("{address} needs certificates: certificates=FOLDER, with ca.pem, cert.pem and key.pem in it.",
                    address=self.address),
                at=("certificates",),
            )  # fmt: skip
        return self


def _parts(address: str) -> tuple[str, str]:
    """Return scheme and host; both empty of what is no address with a port."""
    try:
        found = urlsplit(address)
        port = found.port
    except ValueError:
        return "", ""
    return (found.scheme, found.hostname or "") if port and found.hostname and not found.path else ("", "")


def parse_place(value: Any) -> Any:
    """Read a place as it is typed: ``here``, ``processes,workers=4``, ``tls://host:8786,certificates=FOLDER``."""
    parsed = parse_choice(value)
    if isinstance(parsed, dict) and "://" in str(parsed.get("name", "")):
        return {**parsed, "name": "cluster", "address": parsed["name"]}
    return parsed


PLACES: tuple[type[PlaceChoice], ...] = (Here, Processes, RunningCluster)

Place = Annotated[
    Annotated[Here | Processes | RunningCluster, Field(discriminator="name")], BeforeValidator(parse_place)
]


class Placement(Config):
    """Where independent runs are carried out; it changes nothing in their results."""

    on: Place = described(
        Here(),
        "Runs on",
        "Where runs are carried out that do not need each other: here, in processes beside this one, or on a cluster "
        "of Dask by the address of its scheduler.",
        group="Where",
    )
