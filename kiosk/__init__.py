"""The touch screen at the entrance."""
