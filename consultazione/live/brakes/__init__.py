"""The brakes of one process: what keeps a crowd or a flood from stopping everybody else."""
