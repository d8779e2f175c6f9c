"""From answers to groups and consensus: pure functions over one matrix of numbers.

The method is that of Polis: C. Small, M. Bjorkegren, T. Erkkilä, L. Shaw, C. Megill, "Polis:
Scaling deliberation by mapping high dimensional opinion spaces", Recerca 26(2), 2021.
"""
