"""The floor: raised hands, the list of speakers, and their time."""
