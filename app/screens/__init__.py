"""The screens of the front end (Streamlit takes a folder called pages beside its entry for its own): they draw what the modules of app/ decide, and decide nothing themselves."""
