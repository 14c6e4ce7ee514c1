"""Keras stays quiet, both libraries compute in float32 unless a test says otherwise, and seeds are fixed."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
if (
    "PYTEST_XDIST_WORKER" in os.environ
):  # as many test processes as cores: more threads only wait for each other
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import glassnet
import keras
import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # a busy machine is no failure
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _same_start():
    glassnet.utils.set_random_seed(0)
    yield
    for library in (glassnet, keras):
        library.config.set_floatx("float32")
