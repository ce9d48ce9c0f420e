"""What a repository says about itself: settings, scenarios and budgets, with where each value comes from."""
