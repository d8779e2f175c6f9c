"""Our WebSocket and Engine.IO engine: the way of a message from Redis to the sockets."""
