"""The site on a local port: as a web host serves it, or as a classroom without a network does."""

import contextlib
import functools
import gzip
import http.server
import threading
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
RUNTIME = ROOT / ".venv" / "runtime"
SETTINGS = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
ADDRESS = SETTINGS["sphinx"]["config"]["live_runtime"]


class WebServer(http.server.SimpleHTTPRequestHandler):
    """Serves files as web hosts do, text compressed, and logs nothing."""

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in {".html", ".css", ".js", ".svg"} or not path.is_file():
            return super().do_GET()
        body = gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class LiveServer(WebServer):
    """Serves the site with another address of the runtime in its pages, and the tests' runtime there."""

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


class IsolatedServer(LiveServer):
    """As `LiveServer`, with the headers that let a page share memory with its worker."""

    def end_headers(self):
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        super().end_headers()


@contextlib.contextmanager
def serve(site, server=WebServer):
    """Address of the site on this machine, without a slash at the end."""
    handler = functools.partial(server, directory=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
