"""The surroundings every notebook is executed in: nothing of the machine's own settings or chatter.

TensorFlow writes its start-up lines to the file descriptor of stderr, past Python, and ipykernel would
capture them into the page. An IPython profile of the book's own switches that off and sends what is written
there to `kernels.log` beside the profile, where a kernel that died leaves its last words.
"""

import os
from pathlib import Path

PROFILE = """\
import os
log = os.path.join(os.environ["IPYTHONDIR"], "kernels.log")
os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
c = get_config()
c.IPKernelApp.capture_fd_output = False
c.IPKernelApp.log_level = 40
c.HistoryManager.enabled = False
"""

ENVIRONMENT = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "KERAS_BACKEND": "tensorflow",
    "CUDA_VISIBLE_DEVICES": "-1",  # the same numbers with and without a graphics card
    # As many notebooks run at once as there are cores: more threads would wait for each other, spinning.
    "OPENBLAS_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # or debugpy prints a warning into the build's log
}


def prepare(app, config):
    """Write the profile into the build folder and hand it, with the environment, to the kernels."""
    ipython = Path(app.outdir).parent / ".ipython"
    profile = ipython / "profile_default" / "ipython_kernel_config.py"
    profile.parent.mkdir(parents=True, exist_ok=True)
    profile.write_text(PROFILE, encoding="utf-8")
    (ipython / "kernels.log").write_text("")
    os.environ.update(ENVIRONMENT, IPYTHONDIR=str(ipython))


def setup(app):
    """Prepare before any notebook is executed."""
    app.connect("config-inited", prepare)
