"""The public log: one Merkle tree over all kept entries, which strangers and witnesses check.

Each entry of the log is one leaf (`leaves`), in the order of commits, of the tree of RFC 6962
(`tree`). It is published as static files by the specifications of C2SP: tiles (`tiles`),
checkpoints (`checkpoint`) that are notes signed with the installation's key (`notes`), proofs
of single entries (`proofs`), and cosignatures of witnesses (`witness`). `disclosure` judges
what of each kind of entry a stranger may read, `published` hands it out.

`growth` keeps the tree in step with the log. docs/transparency.md says how it is checked.
"""
