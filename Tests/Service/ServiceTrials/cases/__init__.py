"""One fault each: `run(arguments, trial)` gives the sentence of the trial."""
