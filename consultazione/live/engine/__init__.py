"""Our WebSocket and Engine.IO engine: how a message gets from Redis to the sockets."""
