"""Who is told what: the kinds of mail, and what each says."""
