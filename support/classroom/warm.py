"""What every worker would do first, done once in the process they are forked from: it imports this first."""

import gc
import sys

import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_output

from . import sandbox

# Looking for garbage while modules are imported finds none, and takes a sixth of the time. The processes that
# are forked from this one begin to look again, at what is theirs.
gc.disable()

# Nobody debugs here, and importing it takes longer than all else.
sys.modules["debugpy"] = None

# What a notebook must look like is compiled when the first is looked at.
nbformat.reads(
    nbformat.writes(new_notebook(cells=[new_code_cell("pass", outputs=[new_output("stream", text="")])])), 4
)
sandbox.fonts()
sandbox.packages()
