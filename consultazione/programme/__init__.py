"""The annual programme: interventions, who pays for them and from which fund, indicators."""
