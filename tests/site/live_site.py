"""The site as a classroom without a network serves it: the runtime at /runtime/, from the tests' own folder."""

import contextlib
import functools
import http.server
import threading
from pathlib import Path

import yaml
from conftest import WebServer

ROOT = Path(__file__).parents[2]
RUNTIME = ROOT / ".venv" / "runtime"
ADDRESS = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["sphinx"]["config"]["live_runtime"]


class LiveServer(WebServer):
    """Serves the site with the address of the runtime changed, and the runtime."""

    isolated = False

    def translate_path(self, path):
        if path.startswith("/runtime/"):
            return str(RUNTIME / Path(path).name)
        return super().translate_path(path)

    def do_GET(self):
        file = Path(self.translate_path(self.path.partition("?")[0]))
        if file.suffix != ".html" or not file.is_file():
            return super().do_GET()
        body = file.read_text(encoding="utf-8").replace(ADDRESS, "/runtime/").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self):
        if self.isolated:
            self.send_header("Cross-Origin-Opener-Policy", "same-origin")
            self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        super().end_headers()


@contextlib.contextmanager
def serve(site, isolated=False):
    """Address of the site, without a slash at the end."""
    kind = type("Server", (LiveServer,), {"isolated": isolated})
    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(kind, directory=site)
    ) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
