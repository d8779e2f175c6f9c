"""Setting up the installation and its zones on screen."""
