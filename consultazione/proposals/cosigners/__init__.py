"""Co-signers: persons and organisations that sign a proposal together with its author."""
