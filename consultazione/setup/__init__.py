"""Setting up the installation and its zones on screen, and changing their settings later."""
