"""Scripts of load-testing tools that send what a scenario sends, to a staging server."""
