"""The HTTP doors: read the request, call one operation or query, answer."""
