"""Put first on a server's path, this notes every address beyond this machine that the server asks for."""

import os
import socket

_LOCAL = ("127.", "::1", "localhost", "0.0.0.0", "::")
_connect, _getaddrinfo = socket.socket.connect, socket.getaddrinfo


def _note(host):
    host = host.decode() if isinstance(host, bytes) else host
    if isinstance(host, str) and host and not host.startswith(_LOCAL):
        with open(os.environ["NETWORK_LOG"], "a") as log:  # noqa: PTH123
            log.write(f"{host}\n")


def connect(self, address):
    if isinstance(address, tuple):
        _note(address[0])
    return _connect(self, address)


def getaddrinfo(host, *args, **kwargs):
    _note(host)
    return _getaddrinfo(host, *args, **kwargs)


socket.socket.connect, socket.getaddrinfo = connect, getaddrinfo
