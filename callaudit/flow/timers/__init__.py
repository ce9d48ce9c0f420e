"""What runs again by itself: timers, schedules, queues, observables."""
