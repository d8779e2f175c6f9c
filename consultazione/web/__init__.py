"""What all pages share: sign-in, errors, forms, page chrome."""
