"""Source text as small facts and a language-neutral tree."""
