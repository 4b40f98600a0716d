// The workbench's script: keys, words beside the accounts, review without leaving the page. Everything it does can be
// done without it: each link leads to a page and each form is sent as a form.
"use strict";

const $ = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const said = $("#said");
let quiet = 0;

function say(text) {
  said.textContent = text;
  clearTimeout(quiet);
  quiet = setTimeout(() => { said.textContent = ""; }, 6000);
}

// The words of a cell, fetched as a part of a page (the server escapes everything in it) and put beside the accounts.
let asked = 0;
async function showWords(link) {
  const panel = $("#words");
  const cell = link.dataset.cell ? `?cell=${encodeURIComponent(link.dataset.cell)}` : "";
  const mine = ++asked;
  const answer = await fetch(`/words/${encodeURIComponent(link.dataset.words)}${cell}`);
  if (!answer.ok) { location.href = link.href; return; }
  const part = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== asked) return; // another was asked for since
  panel.replaceChildren(...part.body.childNodes);
  all("a.now").forEach((one) => one.classList.remove("now"));
  link.classList.add("now");
  history.replaceState(null, "", link.href.split("#")[0]);
  const mark = $(".text mark.cell", panel) || $(".text mark.claim", panel);
  if (mark) panel.scrollTop = Math.max(0, mark.offsetTop - panel.offsetTop - 120);
  const at = panel.scrollHeight > panel.clientHeight ? panel : mark || panel;
  if (at.getBoundingClientRect().top > innerHeight - 120) at.scrollIntoView({ block: at === panel ? "nearest" : "center" });
}

// Items: j and k move, Enter opens.
const items = () => all("[data-item]");
let here = -1;

function go(to) {
  const list = items();
  if (!list.length) return;
  list.forEach((one) => one.classList.remove("here"));
  here = Math.max(0, Math.min(list.length - 1, to));
  const item = list[here];
  item.classList.add("here");
  const link = item.matches("a") ? item : item.matches(".task") ? item : $("a[data-open]", item) || item;
  link.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

async function send(path, body) {
  const answer = await fetch(`/api/v1/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ by: document.body.dataset.by, ...body }),
  });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error || answer.statusText);
  return told;
}

const busy = new Set();

// One decision on the task, through the API; the task is marked and the next one shown.
async function decide(task, what, fields = {}) {
  if (busy.has(task) || task.classList.contains("done")) return;
  busy.add(task);
  const why = $("input[name=why]", task)?.value || "";
  try {
    const told = task.dataset.left
      ? await send("links", { left: task.dataset.left, right: task.dataset.right, verdict: what === "accept" ? "same" : "not_same", why })
      : await send("judgements", { claim: task.dataset.claim, decision: what, why, ...fields });
    const pair = { accept: "one act", reject: "two acts" };
    const words = (task.dataset.left ? pair[what] : { accept: "accepted", reject: "rejected", set: `${fields.cell} set` }[what]);
    task.classList.add("done");
    task.dataset.decision = told.decision;
    const line = document.createElement("p");
    line.className = "judged";
    line.textContent = `✓ ${words}${told.note ? ` — ${told.note}` : ""} · u takes it back`;
    task.append(line);
    all("button, input, select", task).forEach((one) => { one.disabled = true; });
    say(document.body.dataset.blind ? `${words}, kept apart` : `${words}; ${told.events} events`);
    history_.push(task);
    if ($("[data-review]")) go(items().indexOf(task) + 1);
  } catch (problem) {
    say(problem.message);
  } finally {
    busy.delete(task);
  }
}

const history_ = [];

async function undo() {
  const task = history_.pop();
  try {
    await send("undo", { decision: task ? task.dataset.decision : "" });
  } catch (problem) {
    say(problem.message);
    return;
  }
  if (!task) { location.reload(); return; }
  task.classList.remove("done");
  all(".judged", task).at(-1)?.remove();
  all("button, input, select", task).forEach((one) => { one.disabled = false; });
  go(items().indexOf(task));
  say("taken back");
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (!target || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const words = target.closest("a[data-words]");
  if (words && $("#words")) {
    event.preventDefault();
    showWords(words);
    return;
  }
  const act = target.closest("[data-review] button[data-do]");
  if (act) {
    event.preventDefault();
    decide(act.closest(".task"), act.dataset.do);
    return;
  }
  if (target.closest("[data-help]")) $("#help").showModal();
  const mark = target.closest("mark.claimed");
  if (mark && !target.closest("a")) light(mark.dataset.claims.split(" ").at(-1));
});

function light(claim) {
  all("mark.lit").forEach((one) => one.classList.remove("lit"));
  all(`mark[data-claims~="${CSS.escape(claim)}"]`).forEach((one) => one.classList.add("lit"));
  all(".claim.now").forEach((one) => one.classList.remove("now"));
  const card = document.getElementById(`claim-${claim}`);
  card?.classList.add("now");
  card?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const task = form.closest("[data-review] .task");
  if (!task || !$("select[name=cell]", form)) return;
  event.preventDefault();
  decide(task, "set", { cell: form.elements.cell.value, value: form.elements.value.value, why: form.elements.why.value });
});

all(".correct").forEach((one) => {
  const cell = $("select", one);
  const fill = () => { $("input[name=value]", one).value = cell.selectedOptions[0]?.dataset.value || ""; };
  cell.addEventListener("change", fill);
  one.addEventListener("toggle", () => { if (one.open) { fill(); cell.focus(); } });
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("#help").open) return;
  const typing = event.target instanceof Element && event.target.closest("input, select, textarea");
  if (typing) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const reviewing = $("[data-review]");
  const task = reviewing && items()[here];
  const keys = {
    "/": () => $("#find")?.focus(),
    "?": () => $("#help").showModal(),
    h: () => $("#help").showModal(),
    j: () => go(here + 1),
    k: () => go(here - 1),
    u: () => reviewing && undo(),
    Backspace: () => reviewing && undo(),
    a: () => task && decide(task, "accept"),
    x: () => task && decide(task, "reject"),
    c: () => { const more = task && $(".correct", task); if (more) more.open = true; },
    " ": () => (task ? go(here + 1) : false),
    Enter: () => (task && document.activeElement === task ? $("a[data-open]", task)?.click() : false),
  };
  const act = keys[event.key];
  if (!act) return;
  if (event.key.length > 1 && !reviewing) return;
  if (event.key === " " && !task) return;
  if (event.key === " " && document.activeElement?.matches("button, summary, a")) return;
  if (event.key === "Enter" && document.activeElement !== task) return;
  event.preventDefault();
  act();
});

// On a small screen the filters begin closed, and a phone's first view is the list.
if (matchMedia("(max-width: 48rem)").matches) all(".side .filters").forEach((one) => { one.open = false; });
if ($("[data-review]")) go(0);
const chosen = $("mark.claimed.now");
if (chosen) chosen.scrollIntoView({ block: "center" });
