"""Commands on proposals.

Each works in the caller's transaction and records its event in the table's stream. All but
`submit_proposal` lock the proposal FOR UPDATE and raise NotFound if there is none.
"""
