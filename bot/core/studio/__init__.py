"""What a trainer does to the words of the house: drafts, checks, trials, comparison of models. Pure."""
