"""What starts code: routes, pages, actions, jobs and scripts of each framework."""
