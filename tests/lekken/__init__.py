"""A corpus of planted leaks: miniature reports that tell too much, each with a twin that does not. See README.md."""
