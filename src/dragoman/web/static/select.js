// Words selected in a document become the words of a claim. The page says of every piece of text at which code point of
// the record it begins (data-at), and of one that is shown otherwise than it stands how many it is (data-length);
// JavaScript counts UTF-16 units, so code points are counted here.
"use strict";

(() => {
  const text = document.querySelector("[data-text]");
  const own = document.querySelector("[data-own]");
  if (!text || !own) return;
  const form = own.querySelector("form");
  const offer = document.createElement("button");
  offer.type = "button";
  offer.className = "offer";
  offer.textContent = "Add a claim of these words";
  offer.hidden = true;
  document.body.append(offer);

  const points = (string) => [...string].length;
  const pieces = () => [...text.querySelectorAll("[data-at]")];

  // The pieces that a range touches, each with the part of its text that is inside.
  function touched(range) {
    return pieces().filter((one) => range.intersectsNode(one) && one.firstChild).map((one) => {
      const node = one.firstChild;
      const from = node === range.startContainer ? range.startOffset : 0;
      const to = node === range.endContainer ? range.endOffset : node.length;
      return { one, from, to };
    }).filter(({ from, to }) => to > from);
  }

  // Where the selection stands in the text, in code points; null where it has none of its words.
  function chosen() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const found = touched(selection.getRangeAt(0));
    if (!found.length) return null;
    const first = found[0];
    const last = found[found.length - 1];
    const at = (one) => Number(one.dataset.at);
    const whole = (one) => Number(one.dataset.length || 0);
    const start = at(first.one) + (whole(first.one) ? 0 : points(first.one.textContent.slice(0, first.from)));
    const end = at(last.one) + (whole(last.one) || points(last.one.textContent.slice(0, last.to)));
    const words = found.map(({ one, from, to }) => (whole(one) ? one.textContent : one.textContent.slice(from, to))).join("");
    return words.trim() ? { start, end, words } : null;
  }

  function show() {
    const found = chosen();
    const taken = found && own.open && [found.start, found.end].join() === [form.elements.start.value, form.elements.end.value].join();
    offer.hidden = !found || taken;
    if (offer.hidden) return;
    const box = getSelection().getRangeAt(0).getBoundingClientRect();
    const left = Math.min(Math.max(8, box.left), innerWidth - offer.offsetWidth - 8);
    const below = box.bottom + 8;
    const top = below + offer.offsetHeight > innerHeight ? Math.max(8, box.top - offer.offsetHeight - 8) : below;
    offer.style.setProperty("left", `${left}px`);
    offer.style.setProperty("top", `${top}px`);
  }

  function take() {
    const found = chosen();
    if (!found) return;
    form.elements.start.value = found.start;
    form.elements.end.value = found.end;
    form.elements.words.value = found.words;
    own.open = true;
    offer.hidden = true;
    own.scrollIntoView({ block: "nearest" });
    form.elements.type.focus();
  }

  // Where the words are typed over, the place that was selected is no longer theirs.
  form.elements.words.addEventListener("input", () => { form.elements.start.value = form.elements.end.value = ""; });
  form.addEventListener("reset", () => {
    form.elements.start.value = form.elements.end.value = "";
    own.open = false;
    text.focus({ preventScroll: true });
  });
  const modes = document.getElementById("own-modes");
  const every = [...modes.children];
  form.elements.type.addEventListener("change", () => {
    const of = (form.elements.type.selectedOptions[0].dataset.modes || "").split(" ");
    modes.replaceChildren(...every.filter((one) => !form.elements.type.value || of.includes(one.value)));
  });

  offer.addEventListener("mousedown", (event) => event.preventDefault());
  offer.addEventListener("click", take);
  document.addEventListener("selectionchange", show);
  addEventListener("scroll", show, { passive: true });

  function begin() {
    const worded = pieces().filter((one) => /[\p{L}\p{N}]/u.test(one.textContent));
    const seen = worded.find((one) => one.getBoundingClientRect().bottom > 60) || worded[0];
    if (!seen?.firstChild) return;
    text.focus({ preventScroll: true });
    getSelection().collapse(seen.firstChild, 0);
    getSelection().modify("extend", "forward", "word");
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inside = event.target instanceof Element ? event.target : document.body;
    if (own.contains(inside)) {
      if (event.key === "Escape") form.reset();
      return;
    }
    if (inside.closest("input, select, textarea, dialog[open]")) return;
    if (event.key === "w") {
      event.preventDefault();
      begin();
    } else if (event.target === text && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
      const way = event.key === "ArrowRight" ? "forward" : "backward";
      const selection = getSelection();
      event.preventDefault();
      if (!event.shiftKey) {
        selection.collapse(selection.focusNode, selection.focusOffset);
        selection.modify("move", way, "word");
        if (way === "backward") selection.modify("move", way, "word");
      }
      selection.modify("extend", event.shiftKey ? way : "forward", "word");
      if (getSelection().isCollapsed) selection.modify("extend", "forward", "word");
    } else if (event.target === text && event.key === "Enter" && chosen()) {
      event.preventDefault();
      take();
    }
  });
})();
