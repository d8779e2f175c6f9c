"""The memory in a zone's file: archive, cycles of before, promises."""
