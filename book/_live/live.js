// Live cells: code of the page that a reader can change and run. Nothing is loaded before Run is pressed.
(() => {
  const given = document.getElementById("live-cells");
  if (!given) return;
  const page = JSON.parse(given.textContent);
  const files = new URL(`${document.documentElement.dataset.content_root}_static/live/`, location.href).href;
  const runtime = new URL(page.runtime, files).href;
  const GRACE = 3000; // milliseconds in which Python may stop by itself before it is ended

  const element = (name, attributes = {}, ...content) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...content);
    return made;
  };

  // What is written while editing gets the colours of the page's own code.
  const TOKEN =
    /(?<c1>#.*)|(?<s1>[rbfuRBFU]{0,2}(?:"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?))|(?<mi>\b\d[\d_]*(?:\.[\d_]*)?(?:e[+-]?\d+)?|\.\d+)|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<o>[-+*\/%@&|^~<>=!]+)/gu;
  const WORDS = {
    kn: "import from",
    k: "as assert async await break class continue def del elif else except finally for global if lambda nonlocal pass raise return try while with yield",
    ow: "and in is not or",
    kc: "None True False",
    nb: "abs all any bool dict enumerate float int isinstance len list map max min next open print range repr reversed round set sorted str sum super tuple type zip ValueError TypeError NotImplementedError",
  };
  const kinds = new Map(Object.entries(WORDS).flatMap(([kind, words]) => words.split(" ").map((word) => [word, kind])));
  const coloured = (text) => {
    const made = document.createDocumentFragment();
    let end = 0, before;
    for (const found of text.matchAll(TOKEN)) {
      const word = found.groups.name;
      let kind = Object.keys(found.groups).find((key) => found.groups[key] !== undefined);
      if (word) kind = before === "def" ? "nf" : before === "class" ? "nc" : kinds.get(word) ?? "n";
      made.append(text.slice(end, found.index), element("span", { class: kind }, found[0]));
      end = found.index + found[0].length;
      before = word;
    }
    made.append(`${text.slice(end)}\n`);
    return made;
  };

  // What a reader has written stays in this browser, page by page.
  const key = (cell) => `glassnet-live:${location.pathname}:${cell.title}`;
  const kept = (cell) => {
    try {
      return localStorage.getItem(key(cell));
    } catch {
      return null; // the browser keeps nothing for this site
    }
  };
  const keep = (cell, text) => {
    try {
      if (text === cell.source) localStorage.removeItem(key(cell));
      else localStorage.setItem(key(cell), text);
    } catch {}
  };

  // The worker: made at the first run, and anew after it was ended.
  let worker, interrupts, running, starting, ending;
  const startWorker = () => {
    worker = new Worker(`${files}worker.js`);
    worker.onmessage = ({ data }) => receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      receive({ fatal: event.message || "its files could not be loaded" });
    };
    interrupts = window.crossOriginIsolated ? new Uint8Array(new SharedArrayBuffer(1)) : undefined;
    starting = performance.now();
    worker.postMessage({ runtime, files, interrupts });
  };
  const endWorker = () => {
    worker?.terminate();
    worker = interrupts = undefined;
  };
  const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

  const receive = (message) => {
    if (!running) return;
    if (message.started) {
      running.notes.push(`Python took ${seconds(starting)} to start`);
      running.since = performance.now();
    } else if (message.fatal) {
      const begun = running.since !== undefined;
      endWorker();
      running.cell.show("alert", message.fatal);
      finish(
        begun
          ? "Python broke down. Its variables are lost; the next run starts it anew."
          : "Python could not be started. It needs a network, unless this site holds it.",
      );
    } else if (message.done) {
      const notes = running.notes.length ? ` (${running.notes.join("; ")})` : "";
      if (message.ok) finish(`Finished in ${seconds(running.since)}${notes}.`);
      else if (ending !== undefined) finish("Stopped. Variables made so far are kept.");
      else if (running.shows === running.cell) finish("An error: it is shown below the code.");
      else finish(`An error in ${running.shows.title}, which this cell needs: it is shown there.`);
    } else if (message.state) {
      running.cell.say(`${message.state} …`);
      if (message.begins !== undefined) {
        running.shows = cells[message.begins ?? running.cell.number];
        if (!running.cleared.has(running.shows)) running.shows.clear();
        running.cleared.add(running.shows);
      }
    } else {
      running.shows.show(message.kind, message.content);
    }
  };

  const finish = (text) => {
    clearTimeout(ending);
    const { cell } = running;
    running = ending = undefined;
    cell.turn(false);
    cell.say(text);
  };

  const run = (cell) => {
    if (running) return cell.say(`Wait: ${running.cell.title} is still running. Stop it first, or let it finish.`);
    if (location.protocol === "file:") {
      return cell.say("Code runs only where the book comes from a web server: make serve starts one.");
    }
    running = { cell, shows: cell, cleared: new Set([cell]), notes: [] };
    cell.clear();
    cell.turn(true);
    if (worker) {
      running.since = performance.now();
    } else {
      cell.say("Starting Python, some megabytes the first time …");
      startWorker();
    }
    if (interrupts) interrupts[0] = 0;
    const job = cell.needs.map((need) => ({ ...need, ...(need.piece ? page.pieces[need.piece] : cells[need.cell].piece()) }));
    job.push({ ...cell.piece(), names: [], asked: true });
    if (cell.check) {
      job.push({ piece: `check-${cell.number}`, source: cell.check, title: "the check", names: [], asked: true, cell: cell.number });
    }
    worker.postMessage({ job });
  };

  const stop = () => {
    const end = () => {
      endWorker();
      finish("Stopped. Python was ended and its variables are lost; the next run starts it anew.");
    };
    if (!interrupts || running.since === undefined) return end();
    running.cell.say("Stopping …");
    interrupts[0] = 2; // SIGINT
    ending = setTimeout(end, GRACE);
  };

  // Typing: Tab indents; after Escape it leaves the cell, as everywhere else.
  const edit = (area, text, from, to) => {
    area.setSelectionRange(from, to);
    // The old command is the only one that lets Ctrl+Z take the change back.
    const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
    if (!done) {
      area.setRangeText(text, from, to, "end");
      area.dispatchEvent(new Event("input"));
    }
  };
  const indent = (area, back) => {
    const { selectionStart: start, selectionEnd: end, value } = area;
    if (start === end && !back) return edit(area, " ".repeat(4 - ((start - value.lastIndexOf("\n", start - 1) - 1) % 4)), start, end);
    const first = value.lastIndexOf("\n", start - 1) + 1;
    const lines = value.slice(first, end).split("\n").map((line) => (back ? line.replace(/^ {1,4}/, "") : line && `    ${line}`));
    const changed = lines.join("\n");
    if (changed === value.slice(first, end)) return;
    edit(area, changed, first, end);
    if (start === end) area.setSelectionRange(Math.max(first, start - (value.length - area.value.length)), Math.max(first, start - (value.length - area.value.length)));
    else area.setSelectionRange(first, first + changed.length);
  };
  const newLine = (area) => {
    const { selectionStart: start, selectionEnd: end, value } = area;
    const line = value.slice(value.lastIndexOf("\n", start - 1) + 1, start);
    edit(area, `\n${line.match(/^ */)[0]}${/:\s*(#.*)?$/.test(line) ? "    " : ""}`, start, end);
  };

  const makeLive = (box, cell, number) => {
    const pre = box.querySelector(".cell_input pre");
    const built = box.querySelector(":scope > .cell_output");
    const called = cell.title[0].toUpperCase() + cell.title.slice(1);
    const area = element("textarea", {
      "aria-label": `${called}, Python code`, "aria-describedby": `live-keys-${number}`, spellcheck: "false",
      autocapitalize: "off", autocomplete: "off", autocorrect: "off", wrap: "off", rows: "1",
    });
    const button = element("button", { type: "button", class: "live-run" });
    const reset = element("button", { type: "button", class: "live-reset" }, "Reset");
    const status = element("span", { role: "status", class: "live-status" });
    const keys = element("span", { id: `live-keys-${number}`, class: "live-keys" }, "Ctrl+Enter runs; Esc, then Tab leaves the code");
    const output = element("div", { class: "cell_output live-output", "aria-live": "polite", role: "group", "aria-label": `Output of your run, ${cell.title}` });
    const code = element("div", { class: "live-code" });
    const original = [...pre.childNodes];
    let leaves = false;

    const isChanged = () => area.value !== cell.source;
    const paint = () => {
      if (isChanged()) pre.replaceChildren(coloured(area.value));
      else pre.replaceChildren(...original);
      keep(cell, area.value);
      reset.hidden = !isChanged() && !output.childElementCount;
    };
    Object.assign(cell, {
      number,
      piece: () => ({ piece: `cell-${number}`, source: area.value, title: cell.title, cell: number }),
      say: (text) => {
        status.textContent = text;
      },
      turn: (on) => {
        button.textContent = on ? "Stop" : cell.check ? "Run the check" : "Run";
        button.setAttribute("aria-label", `${on ? "Stop" : cell.check ? "Run the check of" : "Run"} ${cell.title}`);
        box.classList.toggle("is-running", on);
      },
      clear: () => {
        output.replaceChildren();
        output.hidden = false;
        if (built) built.hidden = true;
        reset.hidden = false;
      },
      show: (kind, content) => {
        const looks = { out: "stream", err: "stream stderr", alert: "traceback", html: "text_html" }[kind];
        let last = output.lastElementChild;
        if (last?.className !== `output ${looks}` || kind === "html") {
          last = element("div", { class: `output ${looks}` });
          if (kind !== "html") last.append(element("pre"));
          output.append(last);
        }
        if (kind === "html") last.innerHTML = content;
        else last.firstChild.append(content);
      },
    });

    area.value = kept(cell) ?? cell.source;
    area.addEventListener("input", paint);
    area.addEventListener("focus", () => (leaves = false));
    area.addEventListener("keydown", (event) => {
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey || event.shiftKey)) run(cell);
      else if (event.key === "Escape") return (leaves = true);
      else if (event.key === "Tab" && plain && !leaves) indent(area, event.shiftKey);
      else if (event.key === "Enter" && plain) newLine(area);
      else return;
      event.preventDefault();
    });
    button.addEventListener("click", () => (running?.cell === cell ? stop() : run(cell)));
    reset.addEventListener("click", () => {
      if (running?.cell === cell) stop();
      area.value = cell.source;
      output.replaceChildren();
      output.hidden = true;
      if (built) built.hidden = false;
      paint();
      cell.say(built ? "The book's code and its output are back." : "The book's code is back.");
      button.focus();
    });

    pre.before(code);
    pre.setAttribute("aria-hidden", "true");
    code.append(pre, area);
    box.querySelector(".cell_input").append(element("div", { class: "live-bar" }, button, reset, status, keys));
    output.hidden = true;
    box.append(output);
    box.classList.add("is-live");
    cell.turn(false);
    paint();
    if (isChanged()) cell.say("This is your version from last time; Reset brings the book's back.");
  };

  const boxes = document.querySelectorAll("article .cell.tag_live");
  const cells = page.cells;
  cells.forEach((cell, number) => makeLive(boxes[number], cell, number));
})();
