"""Our own Markdown, one file for each thing it can do."""
