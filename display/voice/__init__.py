"""The hall's voice: what is said when a ticket is called, and the sound of it."""
