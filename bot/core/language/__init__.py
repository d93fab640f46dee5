"""Text in, values out: what a turn says of money, days, references and danger, without any framework."""
