"""Messages of the base protocol (LSP 3.17, "Base Protocol") on byte streams, and their normal form for comparison."""

import json
import re


def read(stream):
    """The next message as an object, or None at the end of the stream."""
    length = None
    while True:
        line = stream.readline()
        if not line:
            return None
        line = line.strip()
        if not line:
            break
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    body = stream.read(length)
    return json.loads(body) if len(body) == length else None


def write(stream, message):
    """Writes a message and flushes it."""
    body = json.dumps(message).encode()
    stream.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    stream.flush()


# Values that differ from run to run and are irrelevant for a client.
CHANGING = {"processId": 1, "version": 1, "workDoneToken": "token", "partialResultToken": "token", "progressToken": "token"}

# Sets, which some clients write in a different order each time.
UNORDERED = {"tokenTypes", "tokenModifiers"}


def normal(value, names, inside=None):
    """The value with the folders of this run replaced by the given names (longest first), and without changing values.

    `inside` is the key that holds the value: the version of a client stays, without its last part, that of a document
    doesn't.
    """
    if isinstance(value, dict):
        return {key: member(key, each, names, inside) for key, each in value.items()}
    if isinstance(value, list):
        return [normal(each, names, inside) for each in value]
    if isinstance(value, str):
        for folder in sorted(names, key=len, reverse=True):
            value = value.replace(folder, names[folder])
    return value


def member(key, value, names, inside):
    if inside == "clientInfo" and key == "version":
        return re.sub(r"^(\d+\.\d+).*$", r"\1", value)
    if key in CHANGING and value is not None:
        return CHANGING[key]
    if key in UNORDERED and isinstance(value, list):
        return sorted(value)
    return normal(value, names, key)
