"""Put first on a server's path, this notes every address beyond this machine that the server asks for."""

import os
import socket

_LOCAL = ("127.", "localhost", "0.0.0.0")
_LOCAL_IPV6 = ("::", "::1")
_connect, _connect_ex, _sendto = socket.socket.connect, socket.socket.connect_ex, socket.socket.sendto
_getaddrinfo = socket.getaddrinfo


def _note(host):
    host = host.decode() if isinstance(host, bytes) else host
    if isinstance(host, str) and host and not host.startswith(_LOCAL) and host not in _LOCAL_IPV6:
        with open(os.environ["NETWORK_LOG"], "a") as log:  # noqa: PTH123
            log.write(f"{host}\n")


def connect(self, address):
    if isinstance(address, tuple):
        _note(address[0])
    return _connect(self, address)


def connect_ex(self, address):
    if isinstance(address, tuple):
        _note(address[0])
    return _connect_ex(self, address)


def sendto(self, data, *args):
    if isinstance(args[-1], tuple):
        _note(args[-1][0])
    return _sendto(self, data, *args)


def getaddrinfo(host, *args, **kwargs):
    _note(host)
    return _getaddrinfo(host, *args, **kwargs)


socket.socket.connect, socket.socket.connect_ex, socket.socket.sendto = connect, connect_ex, sendto
socket.getaddrinfo = getaddrinfo
