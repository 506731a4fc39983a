"""The pages of the front end: they draw what the modules of app/ decide, and decide nothing themselves."""
