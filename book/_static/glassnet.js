// Lets the keyboard scroll what is wider than the page: a box gets a tab stop while it overflows.
(() => {
  const boxes = "article pre, article .katex-display, article .pst-scrollable-table-container, article .output.text_html, article .glassnet-figure";
  const update = () => {
    for (const box of document.querySelectorAll(boxes)) {
      const overflows = box.scrollWidth > box.clientWidth + 1;
      if (overflows) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };
  addEventListener("load", update);
  addEventListener("resize", update);
})();

// Shows the definition of a word of the glossary where it is used: on hover and on focus, until Escape.
(() => {
  const links = 'article a[href*="glossary.html#term-"]';
  const wait = 250; // milliseconds: passing over a word is not asking for it
  let tip, owner, timer, loading;

  const definitions = () => {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `${document.documentElement.dataset.content_root}_static/glossary.js`;
      script.onload = () => resolve(window.glassnetGlossary);
      script.onerror = reject;
      document.head.append(script);
    });
    return loading;
  };
  const hide = () => {
    clearTimeout(timer);
    owner?.removeAttribute("aria-describedby");
    tip?.remove();
    tip = owner = undefined;
  };
  const show = async (link) => {
    const text = (await definitions())[decodeURIComponent(link.hash.slice(1))];
    if (!text || owner !== link || tip) return;
    tip = document.createElement("div");
    tip.id = "glossary-preview";
    tip.setAttribute("role", "tooltip");
    tip.innerHTML = text;
    tip.addEventListener("pointerenter", () => clearTimeout(timer));
    tip.addEventListener("pointerleave", leave);
    document.body.append(tip);
    const word = link.getClientRects()[0], box = tip.getBoundingClientRect();
    const above = word.bottom + box.height + 8 > innerHeight && word.top > box.height + 8;
    tip.style.left = `${Math.max(8, Math.min(word.left, document.documentElement.clientWidth - box.width - 8)) + scrollX}px`;
    tip.style.top = `${(above ? word.top - box.height - 6 : word.bottom + 6) + scrollY}px`;
    link.setAttribute("aria-describedby", tip.id);
  };
  const enter = (event) => {
    const link = event.target.closest?.(links);
    if (!link) return;
    clearTimeout(timer);
    if (link === owner && tip) return;
    if (link !== owner) hide();
    owner = link;
    timer = setTimeout(show, event.type === "focusin" ? 0 : wait, link);
  };
  const leave = () => {
    clearTimeout(timer);
    timer = setTimeout(hide, wait);
  };
  addEventListener("pointerover", (event) => event.pointerType !== "touch" && enter(event));
  addEventListener("pointerout", (event) => event.target.closest?.(links) && leave());
  addEventListener("focusin", enter);
  addEventListener("focusout", (event) => event.target === owner && hide());
  addEventListener("keydown", (event) => event.key === "Escape" && hide());
})();

// Concept map: marks what the chapter that is pointed at needs, and what builds on it.
addEventListener("DOMContentLoaded", () => {
  const chapters = [...document.querySelectorAll(".map-chapter")];
  const needed = new Map(
    chapters.map((chapter) => [
      chapter,
      [...chapter.querySelectorAll(".map-needs a")].map((link) => document.getElementById(link.hash.slice(1))),
    ]),
  );
  const mark = (event) => {
    const chosen = event.target.closest(".map-chapter");
    for (const chapter of chapters) {
      chapter.classList.toggle("is-needed", Boolean(chosen) && needed.get(chosen).includes(chapter));
      chapter.classList.toggle("builds-on", Boolean(chosen) && needed.get(chapter).includes(chosen));
    }
  };
  for (const map of document.querySelectorAll(".concept-map")) {
    for (const type of ["pointerover", "focusin"]) map.addEventListener(type, mark);
  }
});
