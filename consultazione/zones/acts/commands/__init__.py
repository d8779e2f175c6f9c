"""Commands on acts: correcting one, its approval steps, and the signatories of an agreement."""
