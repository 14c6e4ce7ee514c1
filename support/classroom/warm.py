"""What every worker would do first, done once where this is imported: in the process they are forked from."""

import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_output

from . import sandbox

# What a notebook must look like is compiled when the first is looked at.
nbformat.reads(
    nbformat.writes(new_notebook(cells=[new_code_cell("pass", outputs=[new_output("stream", text="")])])), 4
)
sandbox.fonts()
sandbox.packages()
