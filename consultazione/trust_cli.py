"""Fetching the EU trusted lists at once, for machines that reach a network seldom."""

from __future__ import annotations

import click

from consultazione.config import BadSetting, Settings
from consultazione.documents.signatures.trusted_lists import fetched, refresh


def main(settings: Settings) -> int:
    """Renew the lists and print what became of each; returns 1 if one stayed as it was."""
    if settings.trust_dir is None or settings.trust_lists is None:
        raise BadSetting("TRUST_DIR and TRUST_LISTS are not set: set both.")
    folder, address = settings.trust_dir, settings.trust_lists
    try:
        became = refresh(folder, address, settings.trust_countries, fetched)
    except Exception as error:  # whatever a network or a library does with it
        click.echo(f"The list of lists was not renewed: {type(error).__name__}.", err=True)
        return 1
    for country, what in became.items():
        click.echo(f"{country}: {what}")
    return 0 if set(became.values()) == {"renewed"} else 1
