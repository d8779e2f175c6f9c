"""The Socket.IO edge: rooms, gateway and fan-out."""
