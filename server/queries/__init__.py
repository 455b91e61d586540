"""What a screen or a report shows; read only, one snapshot each."""
