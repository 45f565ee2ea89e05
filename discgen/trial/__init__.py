"""A form tried on departments that are made up: with nothing, with little, and with all that lines can know."""
