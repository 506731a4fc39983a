"""An answer put into a model's words: numbered evidence in, a draft with references out, each sentence checked before it is shown."""
