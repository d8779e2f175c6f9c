"""Erasure by order: personal data leaves texts, names and sealed documents, and proofs still hold.

It stands above every feature whose words it may have to erase. `passages` says what is sought,
`columns` where words stand in the tables of a zone, `finding` in which rows and entries;
`commands` erases it. An order never holds the data that it erases.
"""
