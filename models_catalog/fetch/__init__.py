"""The only door to the network, and the archive of raw bytes.

`door.open_door` gives a source its door: live, pointed at a local mirror, or reading a recorded folder.
`archive.Archive` keeps the raw bytes under their hash. Every fault is a named error (`errors`) that says in
one plain sentence what happened. No other room opens a connection.
"""
