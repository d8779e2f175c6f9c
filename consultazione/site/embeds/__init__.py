"""The widget: small pages that other sites show in a frame."""
