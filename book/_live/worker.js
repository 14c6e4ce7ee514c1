// Python in a worker of its own, so that the page stays alive and can end it: loads the runtime when it starts,
// then runs what it is sent. Messages to the page: {started}, {state}, {state, begins} for a piece of a cell or of
// none (null), {kind, content} of the piece that runs, {done, ok}, {fatal}.
let session, python, base;
const tell = (message) => postMessage(message);

const fetchNow = (name) => {
  // Python waits for its file: a worker may do that without stopping the page.
  tell({ state: `Fetching the data set ${name}` });
  const request = new XMLHttpRequest();
  request.open("GET", `${base}data/${name}`, false);
  request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200) throw new Error(`the data set ${name} could not be fetched`);
  tell({ state: "Running" });
  return new Uint8Array(request.response);
};

const get = async (name) => {
  const answer = await fetch(base + name, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${name} could not be fetched`);
  return answer;
};

const PACKAGES = "/lib/python3.12/site-packages";

const load = async (packages) => {
  await python.loadPackage(packages, { messageCallback: () => {} });
  if (!packages.includes("matplotlib")) return;
  // Fonts for PDF, which nobody draws here: Matplotlib reads them all when it is first imported, for seconds.
  for (const folder of ["afm", "pdfcorefonts"].map((name) => `${PACKAGES}/matplotlib/mpl-data/fonts/${name}`)) {
    for (const name of python.FS.readdir(folder)) if (name.endsWith(".afm")) python.FS.unlink(`${folder}/${name}`);
  }
};

const start = async ({ runtime, files, interrupts }) => {
  base = files;
  importScripts(`${runtime}pyodide.js`);
  const silent = () => {};
  const given = Promise.all([get("glassnet.zip").then((a) => a.arrayBuffer()), get("session.py").then((a) => a.text())]);
  python = await loadPyodide({ indexURL: runtime, env: { MPLBACKEND: "agg" }, stdout: silent, stderr: silent });
  if (interrupts) python.setInterruptBuffer(interrupts);
  await load(["numpy"]);
  const [library, code] = await given;
  python.FS.writeFile(`${PACKAGES}/live_session.py`, code);
  python.unpackArchive(library, "zip", { extractDir: PACKAGES });
  const module = python.pyimport("live_session");
  session = module.Session((kind, content) => tell({ kind, content }), fetchNow);
};

// A job is a list of pieces {piece, source, title, names, cell, asked}: those not asked for run only if they have
// to. When one runs again, so do all after it, which may have used what it made. One without a cell shows nothing.
const run = async ({ job }) => {
  let again = false;
  for (const { piece, source, title, names, cell, asked } of job) {
    if (!asked && !again && session.is_fresh(piece, source, names)) continue;
    again ||= session.has_run(piece);
    const packages = session.packages(source).toJs();
    if (packages.some((name) => !python.loadedPackages[name])) {
      tell({ state: "Loading what this cell imports" });
      await load(packages.filter((name) => !python.loadedPackages[name]));
    }
    tell({ state: asked ? "Running" : "Running what this cell needs", begins: cell ?? null });
    if (!session.run(piece, source, title, cell === undefined)) return tell({ done: true, ok: false });
  }
  tell({ done: true, ok: true });
};

let ready;
onmessage = async ({ data }) => {
  try {
    if (data.runtime) ready = start(data);
    await ready;
    if (data.job) await run(data);
    else tell({ started: true });
  } catch (error) {
    tell({ fatal: String(error.message ?? error) });
  }
};
