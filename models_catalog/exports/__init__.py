"""Bulk data: immutable dated files of everything whose owners allow it to be handed on."""
