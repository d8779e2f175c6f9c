"""The chat of a sitting: beside the record, moderated, and not kept unless the zone says so."""
