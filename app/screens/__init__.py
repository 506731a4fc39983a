"""The screens of the front end: they draw what the modules of app/ decide, and decide nothing themselves.

Not called pages: a folder of that name beside its entry Streamlit takes for its own, and links to a screen then lead nowhere.
"""
