"""Sharing: who pays which part, what another choice would change, the participatory budget."""
