"""Strategies of a cycle and the decisions that follow them: who decided, by what, for what need."""
