"""The words of the pages that the server draws, a file for each language."""
