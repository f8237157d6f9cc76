"""Records to JSON and back: the only file that knows msgspec.

One record is one line. Decoding validates against the records' types and names the place of a fault by its path.
"""

from typing import Any, TypeVar

import msgspec

from wortlaut.errors import CodecError
from wortlaut.model import READING_SCHEMA, REJECTION_SCHEMA, Outcome, Reading, Rejection

Record = TypeVar("Record")

_ENCODER = msgspec.json.Encoder()
_READING = msgspec.json.Decoder(Reading)
_REJECTION = msgspec.json.Decoder(Rejection)


class _Head(msgspec.Struct):
    schema: str


_HEAD = msgspec.json.Decoder(_Head)


def to_json(record: object) -> str:
    """Write a record, or a mapping that holds records, as one line of JSON without a line break."""
    return _ENCODER.encode(record).decode()


def to_builtins(record: object) -> Any:
    """Turn a record into dicts, lists and scalars, as JSON has them."""
    return msgspec.to_builtins(record)


def from_json(line: str | bytes) -> Outcome:
    """Read one line of the contract; raise CodecError, with the path of the fault, if it does not follow it."""
    try:
        schema = _HEAD.decode(line).schema
        if schema == READING_SCHEMA:
            return _READING.decode(line)
        if schema == REJECTION_SCHEMA:
            return _REJECTION.decode(line)
    except msgspec.ValidationError as error:
        detail, _, path = str(error).partition(" - at ")
        raise CodecError(path.strip("`") or "$", detail) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CodecError("$", str(error)) from error
    raise CodecError("$.schema", f"unknown schema {schema!r}")


def from_line(line: str | bytes, kind: type[Record]) -> Record:
    """Read one record of `kind` that `to_json` wrote; raise CodecError if it is none."""
    try:
        return msgspec.json.decode(line, type=kind)
    except msgspec.DecodeError as error:
        raise CodecError("$", str(error)) from error


def from_builtins(value: object, kind: type[Record]) -> Record:
    """Build a record of `kind` from dicts and lists; raise CodecError if they do not fit."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        detail, _, path = str(error).partition(" - at ")
        raise CodecError(path.strip("`") or "$", detail) from error
