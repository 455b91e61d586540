"""The hall display, its announcer and its voice."""
