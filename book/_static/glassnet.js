// Lets the keyboard scroll what is wider than the page: a box gets a tab stop while it overflows.
(() => {
  const boxes = "article pre, article .katex-display, article .pst-scrollable-table-container, article .output.text_html";
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
