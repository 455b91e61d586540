"""What goes on beside the requests: printing, the end of the day, the voice."""
