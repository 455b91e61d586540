"""Socket.IO: who may watch what, and the pushes of whole pictures."""
