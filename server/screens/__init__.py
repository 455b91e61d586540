"""Browser code that all screens share, and the pages it stands on."""
