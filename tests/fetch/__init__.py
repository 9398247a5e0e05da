"""The fetcher against a server that misbehaves on purpose, over real sockets and real TLS."""
