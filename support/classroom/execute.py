"""Executing one notebook: a pure function of cells, files and settings; no gradebook in reach.

Student's cells run in one kernel, test cells in another. While a test cell runs, the student's kernel
answers its questions over a socket, by value; in between neither can reach the other. However it ends, a
test cell that did not run to its end carries an error, so that it earns nothing.
"""

import asyncio
import contextlib
import os
import socket
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output

from .kernels import Kernel
from .sandbox import Limits, sources, users

SCRATCH = "classroom-"  # how scratch folders begin; then comes the number of the process
DONE = bytes(16)  # tells the kernel that answers that there are no more questions
# Told to the kernel of the tests at its start: what is to be run at the head of every test cell. A request of
# its own for that would take as long as most checks.
AT_TESTS = """\
def _begin():
    import contextlib
    from IPython import get_ipython
    shell, tests, borrow = get_ipython(), {tests!r}, {borrow!r}
    def at_start(info):
        if info.raw_cell in tests:
            with contextlib.suppress(Exception):
                exec(borrow.replace("{{source}}", repr(info.raw_cell)), shell.user_ns)
    shell.events.register("pre_run_cell", at_start)
_begin()
del _begin
"""
GRACE = 15  # seconds between asking a kernel to stop and ending it
LOOK = 1  # seconds between two looks at a kernel's memory
OUTPUT = 1 << 20  # characters of output a cell may keep
ALL_OUTPUT = 4 << 20  # and the whole notebook


@dataclass(frozen=True)
class Task:
    """What to execute, and how.

    Attributes:
        notebook: JSON text of the sanitised notebook, tests included.
        files: what lies beside the student's notebook, {path: content}.
        given: the assignment's own files, the only ones that test cells see.
        timeout: seconds a cell may take.
        deadline: seconds the notebook may take.
        limits: what a kernel may use.
        serve: code with which the student's kernel answers; with none, everything runs in one kernel.
        borrow: code run before a test cell, with its source in place of `{source}`.
        hide: modules whose files read as empty to the student's kernel.
        unsafe: whether to do without the sandbox.
    """

    notebook: str
    files: dict[str, bytes]
    given: dict[str, bytes]
    timeout: float = 60
    deadline: float = 300
    limits: Limits = field(default_factory=Limits)
    serve: str = ""
    borrow: str = ""
    hide: tuple[str, ...] = ()
    unsafe: bool = False


@dataclass
class Executed:
    """What came out.

    Attributes:
        notebook: JSON text of the notebook with outputs.
        notes: remarks in words.
        late: whether time ran out, be it for one cell.
        died: whether the student's kernel ended by itself, or by somebody's hand.
        seconds: how long it took.
    """

    notebook: str
    notes: list[str] = field(default_factory=list)
    late: bool = False
    died: bool = False
    seconds: float = 0.0


def execute(task: Task, seeds=(), turn=lambda: None) -> Executed:
    """Execute a notebook; errors of the student's are outputs, not exceptions.

    Args:
        task: what to execute.
        seeds: processes that become its kernels; without them each kernel is started from nothing.
        turn: called when its kernels are ready; returns when the notebook is to run. Time counts from there.
    """
    with tempfile.TemporaryDirectory(prefix=f"{SCRATCH}{os.getpid()}-", dir="/tmp") as folder, users() as two:
        os.chmod(folder, 0o711)
        return asyncio.run(_Run(task, Path(folder), two, list(seeds)).run(turn))


# As nbgrader's functions of these names have it. Importing them brings a database and a web server along, and
# all that is imported here is copied for every process that is forked.


def is_test(cell):
    """Whether a cell is code that gives points by itself."""
    marks = cell.metadata.get("nbgrader", {})
    return cell.cell_type == "code" and marks.get("grade", False) and not marks.get("solution", False)


def is_locked(cell):
    """Whether a cell is the instructor's own."""
    marks = cell.metadata.get("nbgrader", {})
    return not marks.get("solution", False) and (marks.get("grade", False) or marks.get("locked", False))


class _Run:
    def __init__(self, task, folder, users, seeds):
        self.task, self.folder, self.users, self.seeds = task, folder, users, seeds
        self.nb = nbformat.reads(task.notebook, as_version=4)
        self.result = Executed("")
        self.student = self.tests = self.bell = self.serving = None
        self.room = ALL_OUTPUT

    async def run(self, turn):
        for cell in filter(is_test, self.nb.cells):
            _fail(cell, "NotRun", "this check was not reached")
        watch = None
        try:
            await self._start()
            turn()
            started = time.monotonic()
            watch = asyncio.create_task(self._watch())
            await self._cells()
        finally:
            if watch:
                watch.cancel()
            if self.serving:
                self.bell_rung = True
                self.serving.cancel()
            for kernel in self._kernels():
                kernel.close()
            if self.bell:
                self.bell.close()
        # What was printed may hold halves of characters (lone surrogates), which no file can.
        self.result.notebook = nbformat.writes(self.nb).encode(errors="replace").decode()
        self.result.seconds = time.monotonic() - started
        return self.result

    def _kernels(self):
        return {
            id(k): k for k in (self.student and self.student.kernel, self.tests and self.tests.kernel) if k
        }.values()

    async def _start(self):
        """Start both kernels, each with one end of the line."""
        task, one, two = self.task, *socket.socketpair()
        common = {"limits": task.limits, "unsafe": task.unsafe}
        seeds = [None, None] if task.unsafe or not self.seeds else self.seeds
        hide = [path for module in task.hide for path in sources(module)]
        with one, two:
            kernel = Kernel(
                self._folder("s"),
                submission=self._written("student", {**task.files, **task.given}),
                channel=one.fileno(),
                side="student" if task.serve else "both",
                hide=hide,
                user=self.users[0],
                seed=seeds[0],
                **common,
            )
            self.student = self.tests = _Client(self, kernel)
            if task.serve:
                kernel = Kernel(
                    self._folder("t"),
                    submission=self._written("tests", task.given),
                    channel=two.fileno(),
                    side="tests",
                    user=self.users[1],
                    seed=seeds[1],
                    **common,
                )
                self.tests = _Client(self, kernel)
                self.bell = two.dup()
        await asyncio.gather(*(kernel.ready() for kernel in self._kernels()))

    def _folder(self, name):
        folder = self.folder / name
        folder.mkdir()
        return folder

    def _written(self, name, files):
        """New folder with copies of files, to be read by all."""
        folder = self._folder(name)
        for path, content in files.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        for place in (folder, *folder.rglob("*")):
            place.chmod(0o755 if place.is_dir() else 0o644)
        return folder

    async def _watch(self):
        """End kernels whose processes use too much memory together."""
        while True:
            await asyncio.sleep(LOOK)
            for kernel in self._kernels():
                if kernel.is_too_large():
                    kernel.kill(f"it used more than {self.task.limits.memory / (1 << 30):.3g} GB of memory")

    async def _cells(self):
        """Run all cells, as far as the deadline lets them."""
        try:
            async with asyncio.timeout(self.task.deadline) as clock:
                await self._tell_tests()
                for cell in self.nb.cells:
                    if cell.cell_type == "code":
                        await self._cell(cell)
        except TimeoutError:
            if not clock.expired():
                raise
            self.result.late = True
            self._note(f"stopped after {self.task.deadline:g} seconds: the checks after that were not run")
            for cell in self.nb.cells:
                if is_test(cell) and cell.outputs and cell.outputs[0].get("ename") == "NotRun":
                    _fail(cell, "NotRun", f"the notebook took more than {self.task.deadline:g} seconds")

    async def _tell_tests(self):
        """Have every test cell begin with what the settings say."""
        if self.tests is not self.student and self.task.borrow:
            tests = {cell.source for cell in filter(is_test, self.nb.cells)}
            await self._within(
                self.tests.run(None, AT_TESTS.format(tests=tests, borrow=self.task.borrow)), self.tests.kernel
            )

    async def _cell(self, cell):
        if is_test(cell):
            await self._test(cell)
            return
        await self._end_serving()
        if self.tests is not self.student and is_locked(cell):
            # Both need what the assignment sets up; a demonstration fails where no answers are, and may.
            await self._within(self.tests.run(None, cell.source), self.tests.kernel)
        cell.outputs = []
        if self.student.kernel.alive():
            if not await self._within(self.student.run(cell), self.student.kernel):
                _fail(cell, "CellTimeoutError", f"stopped after {self.task.timeout:g} seconds", cell.outputs)
                self._note(f"a cell was stopped after {self.task.timeout:g} seconds")
            if not self.student.kernel.alive():
                cell.execution_count = None  # chance decides whether the dying kernel still told it
            self._report_death()
        else:
            _fail(cell, "NotRun", "the notebook's Python had ended")

    async def _test(self, cell):
        kernel = self.student.kernel
        if not kernel.alive():
            self._report_death()
            _fail(cell, "NotRun", f"the notebook's Python had ended: {kernel.ended}")
            return
        if self.tests is self.student:
            finished = await self._within(self.tests.run(cell), kernel)
        else:
            self._begin_serving()
            finished = await self._within(self.tests.run(cell), kernel, self.tests.kernel)
        if not finished:
            self._note(f"a check was stopped after {self.task.timeout:g} seconds")
            await self._end_serving()  # an interrupt that comes late is to meet no other check
        _settle(cell, self.tests.status)
        self._report_death()

    def _begin_serving(self):
        """Have the student's kernel answer, for this test cell and those that follow it directly."""
        if not self.serving:
            kernel, self.bell_rung = self.student.kernel, False
            self.serving = asyncio.create_task(self.student.run(None, self.task.serve))
            self.serving.add_done_callback(
                lambda _: self.bell_rung or kernel.kill("it stopped answering the checks")
            )

    async def _end_serving(self):
        if not self.serving:
            return
        self.bell_rung = True
        with contextlib.suppress(OSError):
            self.bell.send(DONE, socket.MSG_DONTWAIT)
        if not await self._within(self.serving, seconds=GRACE):
            self.student.kernel.kill("it did not stop answering")
        self.serving = None
        self._report_death()

    async def _within(self, coroutine, *kernels, seconds=None):
        """Await; when time is up, interrupt the first of the kernels, then end one after the other.

        Returns:
            Whether it finished by itself.
        """
        work = asyncio.ensure_future(coroutine)
        try:
            done, _ = await asyncio.wait({work}, timeout=seconds or self.task.timeout)
            for step, kernel in enumerate((*kernels[:1], *kernels)):
                if work.done() or (step and not kernel.alive()):
                    continue
                self.result.late = True
                if step:
                    kernel.kill(f"it did not stop after {self.task.timeout:g} seconds")
                else:
                    kernel.interrupt()
                await asyncio.wait({work}, timeout=GRACE)
        finally:
            if not work.done():
                work.cancel()
        if work.done() and not work.cancelled():
            work.result()
        return bool(done)

    def _report_death(self):
        kernel = self.student.kernel
        if not kernel.alive():
            self.result.died = not kernel.ended or self.result.died
            kernel.ended = kernel.ended or "a cell ended it, or it ran out of memory"
            self._note(f"its Python ended before the end ({kernel.ended})")

    def _note(self, text):
        if text not in self.result.notes:
            self.result.notes.append(text)


class _Client(NotebookClient):
    """nbclient's way of turning messages into outputs, with a limit on how much of them is kept."""

    def __init__(self, run, kernel):
        super().__init__(
            run.nb,
            timeout=None,
            allow_errors=True,
            coalesce_streams=True,
            iopub_timeout=GRACE,
            record_timing=False,
        )
        self.log.disabled = True
        self.owner, self.kernel, self.kc = run, kernel, kernel.client
        self.status = None

    async def run(self, cell, source=None):
        """Run a cell, or code that leaves no trace."""
        # Made by hand: nbformat's functions look each time whether what they made keeps to the format.
        if cell is None:
            cell = NotebookNode(cell_type="code", metadata=NotebookNode(), source=source, outputs=[])
        self.left, self.status = OUTPUT, None
        self.nb = NotebookNode(metadata=NotebookNode(), cells=[cell])  # outputs of no other cell are in reach
        try:
            await self.async_execute_cell(cell, 0, execution_count=None)
        except (DeadKernelError, CellTimeoutError):
            # Without an end to its output the kernel cannot be trusted with the next cell.
            self.kernel.kill("it ended without an answer")
            self.status = "dead"

    async def _async_check_alive(self):
        if not self.kernel.alive():
            raise DeadKernelError("Kernel died")

    async def _check_raise_for_error(self, cell, cell_index, exec_reply):
        self.status = exec_reply["content"]["status"]

    def process_message(self, msg, cell, cell_index):
        """Take a message from the kernel, as long as there is room."""
        kind = msg["msg_type"]
        if kind.startswith("comm") or kind == "update_display_data":
            return None
        if kind in ("stream", "display_data", "execute_result", "error"):
            size = len(str(msg["content"]))
            if size > min(self.left, self.owner.room):
                if self.left >= 0:
                    cell.outputs.append(
                        new_output("stream", name="stdout", text="\n[more output was left out]\n")
                    )
                    self.left = -1
                return None
            self.left -= size
            self.owner.room -= size
        try:
            return super().process_message(msg, cell, cell_index)
        except CellExecutionComplete:
            raise
        except Exception:
            return None  # a message of no known form


def _fail(cell, name, text, outputs=()):
    # Made by hand, as cells are in `_Client.run`.
    error = {"output_type": "error", "ename": name, "evalue": text, "traceback": [f"{name}: {text}"]}
    cell.outputs = [*outputs, NotebookNode(error)]


def _settle(cell, status):
    """Make the outputs of a test cell say what it earned: an error unless it ended well."""
    for output in cell.outputs:
        if output.output_type == "stream":  # nbgrader takes any warning for a failure
            output.name = "stdout"
    if status != "ok" and not any(output.output_type == "error" for output in cell.outputs):
        _fail(cell, "NotRun", "this check did not come to its end", cell.outputs)
