// The live page: follows the server's news, swaps the papers that changed, keeps the reader's place.
"use strict";

const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
const at = (key) => (key ? $$(`[data-at="${CSS.escape(key)}"]`) : []);
const calm = matchMedia("(prefers-reduced-motion: reduce)");

let version = -1;
let current = null; // the finding that is open, a <li>
let pressed = ""; // the key of the number that is explained
let known = new Set(); // the errors there were when it was opened
let asked = 0; // how often an explanation was asked for or sent away: an answer that comes too late is none

// ---- news ----

// A browser keeps few connections to one address open: pages that nobody sees let go of theirs.
function listen(onNews) {
  const shown = $("#connection");
  const say = (state, text) => {
    shown.dataset.state = state;
    if (shown.textContent !== text) shown.textContent = text;
  };
  let source = null;
  const follow = () => {
    source?.close();
    source = null;
    if (document.visibilityState === "hidden") return;
    const own = (source = new EventSource("events"));
    own.onopen = () => say("live", "保存后自动更新");
    own.onmessage = (event) => onNews(Number(event.data));
    own.onerror = () =>
      own.readyState === EventSource.CLOSED
        ? say("lost", "预览已停止：重新运行discgen preview")
        : say("waiting", "连接断了，正在重连；预览停了的，重新运行discgen preview");
  };
  document.addEventListener("visibilitychange", follow);
  follow();
}

// One at a time, and once more if something changed meanwhile.
function oneAtATime(task) {
  let running = false;
  let again = false;
  return async function run() {
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      await task();
    } catch (trouble) {
      console.error(trouble);
    } finally {
      running = false;
    }
    if (again) {
      again = false;
      run();
    }
  };
}

// ---- the document ----

const update = oneAtATime(async () => {
  const answer = await fetch("state");
  if (!answer.ok) return;
  const state = await answer.json();
  version = state.version;
  keepingPlace(() => {
    swapPapers(state.papers);
    showFindings(state);
  });
  if (state.title) document.title = `${state.title}　预览`;
  if (state.department) $("#department").textContent = state.department;
  const isBroken = state.failure === "" && (state.isOld || !state.papers.length);
  offer($("#old"), isBroken ? errors() : []);
  $("#old p").hidden = !state.isOld;
  $("#failure").hidden = state.failure === "";
  const left = state.isOld ? "以下是上一次正确时的内容" : "没有可以显示的内容";
  $("#failure").textContent = state.failure && `程序或表式出错了，${left}。${state.failure}`;
  if (pressed && at(pressed).length) explain(pressed, { focus: false });
  else if (pressed) closeNumber({ focus: $("#number").contains(document.activeElement) });
});

function swapPapers(papers) {
  const holder = $("#document");
  if (!papers.length) {
    holder.innerHTML = '<p class="empty">还没有可以显示的内容：先改正检查结果里的错误。</p>';
    return;
  }
  const focused = document.activeElement?.dataset.at;
  const old = new Map($$(".paper", holder).map((paper) => [paper.dataset.digest, paper]));
  const next = papers.map(({ digest, kind, html }) => old.get(digest) ?? paper(digest, kind, html));
  settle(holder, [...new Set(next)]);
  letScroll();
  if (!$('.n[tabindex="0"]', holder)) $(".n", holder)?.setAttribute("tabindex", "0");
  if (focused && document.activeElement === document.body) at(focused)[0]?.focus({ preventScroll: true });
}

// What stays is not touched: the browser lays out again only what is new.
function settle(holder, wanted) {
  const staying = new Set(wanted);
  [...holder.children].forEach((one) => staying.has(one) || one.remove());
  wanted.forEach((one, place) => holder.children[place] === one || holder.insertBefore(one, holder.children[place]));
}

// On a narrow screen a wide table is moved sideways, by keys as well.
function letScroll() {
  const papers = $$(".paper").map((one) => [one, one.scrollWidth > one.clientWidth]);
  for (const [one, scrolls] of papers) {
    if (!scrolls) one.removeAttribute("tabindex");
    else one.tabIndex = 0;
  }
}

function paper(digest, kind, html) {
  const made = document.createElement("div");
  made.className = `paper ${kind}`;
  made.dataset.digest = digest;
  made.innerHTML = html;
  return made;
}

// The reader stays at the element he reads, wherever that is afterwards.
function keepingPlace(change) {
  const top = $(".bar").getBoundingClientRect().bottom;
  const read = $$("#document [data-at]").filter((element) => {
    const box = element.getBoundingClientRect();
    return box.height > 0 && box.bottom > top;
  });
  const wanted = read.slice(0, 40).map((element) => [element.dataset.at, element.getBoundingClientRect().top]);
  change();
  for (const [key, before] of wanted) {
    const element = at(key)[0];
    if (element) {
      scrollBy({ top: element.getBoundingClientRect().top - before, behavior: "instant" });
      return;
    }
  }
}

function show(elements) {
  $$(".shown").forEach((element) => element.classList.remove("shown"));
  elements.forEach((element) => element.classList.add("shown"));
  const away = Math.abs(elements[0]?.getBoundingClientRect().top ?? 0);
  // Over many pages a smooth way is a long one.
  const behavior = calm.matches || away > 1.5 * innerHeight ? "instant" : "smooth";
  elements[0]?.scrollIntoView({ block: "center", behavior });
}

// ---- findings ----

function showFindings(state) {
  const wasOpen = current && labelOf(current);
  const hadFocus = current?.contains(document.activeElement);
  const list = $("#list");
  list.innerHTML = state.findings;
  current = null;
  const summary = state.isOld ? `${state.summary}；显示的是上一次正确时的内容` : state.summary;
  if ($("#summary").textContent !== summary) $("#summary").textContent = summary;
  for (const button of $$(".severities button")) {
    const count = $$(`.finding.${button.dataset.severity}`, list).length;
    $("b", button).textContent = count;
    button.disabled = count === 0;
  }
  $(".filter").hidden = !$(".finding", list);
  setMarks();
  filter();
  tellFresh();
  foldIfUntouched();
  const same = wasOpen && $$(".finding").find((finding) => labelOf(finding) === wasOpen);
  if (same) {
    expand(same);
    at(same.dataset.spot).forEach((element) => element.classList.add("shown"));
    if (hadFocus) $("button", same).focus({ preventScroll: true });
  }
}

const labelOf = (finding) => $("button", finding).dataset.label;
const errors = () => $$(".finding.error");
const visible = () => $$(".finding").filter((finding) => !finding.hidden);

// The first of some errors in full, to be seen and opened where the list is not.
function offer(holder, found) {
  const button = $("[data-first]", holder);
  holder.hidden = found.length === 0;
  if (!found.length) return;
  const [first] = found;
  const [more, place] = [found.length > 1 ? `（共${found.length}个错误）` : "", $(".detail .path", first).title];
  const said = [place, $(".message", first).textContent, $(".hint", first)?.textContent].filter(Boolean);
  const lines = said.map((text) => Object.assign(document.createElement("span"), { textContent: text }));
  lines[0].append(more);
  button.replaceChildren(...lines);
  button.dataset.first = labelOf(first);
}

// While a number is explained the list is not seen: what has come up since is said above it.
function tellFresh() {
  offer($("#fresh"), pressed ? errors().filter((finding) => !known.has(labelOf(finding))) : []);
}

function open(finding) {
  close();
  closeNumber({ focus: false });
  fold(false);
  expand(finding);
  $("button", finding).focus({ preventScroll: true });
  finding.scrollIntoView({ block: "nearest" });
  show(at(finding.dataset.spot));
}

function expand(finding) {
  current = finding;
  finding.classList.add("current");
  $("button", finding).setAttribute("aria-expanded", "true");
  $(".detail", finding).hidden = false;
}

function close() {
  if (!current) return;
  current.classList.remove("current");
  $("button", current).setAttribute("aria-expanded", "false");
  $(".detail", current).hidden = true;
  current = null;
  show([]);
}

function step(by) {
  const findings = visible();
  if (!findings.length) return;
  const here = findings.indexOf(current);
  const next = here < 0 ? (by > 0 ? 0 : findings.length - 1) : (here + by + findings.length) % findings.length;
  open(findings[next]);
}

function filter() {
  const wanted = $("#filter").value.trim().toLowerCase();
  const severities = new Set($$('.severities [aria-pressed="true"]').map((button) => button.dataset.severity));
  for (const finding of $$(".finding")) {
    const fits = finding.textContent.toLowerCase().includes(wanted);
    finding.hidden = !fits || !severities.has(finding.dataset.severity);
  }
  if ($("#none-left")) $("#none-left").hidden = visible().length > 0;
}

// A mark in the margin for each element with findings; the gravest gives its colour.
function setMarks() {
  $$("#document .mark").forEach((mark) => mark.remove());
  const bySpot = new Map();
  for (const finding of $$(".finding")) {
    const { spot } = finding.dataset;
    if (spot) bySpot.set(spot, [...(bySpot.get(spot) ?? []), finding]);
  }
  for (const [spot, findings] of bySpot) {
    const element = at(spot)[0];
    if (element) hold(element).prepend(markOf(findings, spot));
  }
}

const hold = (element) => (element.tagName === "TR" ? element.cells[0] : element);

function markOf(findings, spot) {
  const severity = ["error", "warning", "note"].find((one) => findings.some((f) => f.classList.contains(one)));
  const mark = document.createElement("button");
  mark.type = "button";
  mark.className = `mark ${severity}`;
  mark.dataset.spot = spot;
  mark.textContent = findings.length > 1 ? findings.length : { error: "错", warning: "警", note: "注" }[severity];
  mark.setAttribute("aria-label", findings.map(labelOf).join("；"));
  mark.title = findings.map(labelOf).join("\n");
  return mark;
}

// ---- numbers ----

async function explain(key, { focus = true } = {}) {
  if (!pressed) known = new Set(errors().map(labelOf));
  const mine = ++asked;
  const answer = await fetch(`numbers/${encodeURIComponent(key)}`);
  const told = await answer.text();
  if (!answer.ok || mine !== asked) return;
  const section = $("#number");
  section.innerHTML = told;
  section.hidden = false;
  $("#findings").hidden = true;
  pressed = key;
  $$(".n.pressed").forEach((number) => number.classList.remove("pressed"));
  at(key).forEach((number) => number.classList.add("pressed"));
  tellFresh();
  if (focus) $("#number-title").focus();
}

function closeNumber({ focus = true } = {}) {
  asked += 1;
  if (!pressed) return;
  const number = at(pressed)[0];
  number?.classList.remove("pressed");
  pressed = "";
  $("#number").hidden = true;
  $("#findings").hidden = false;
  tellFresh();
  if (focus) (number ?? $("#papers")).focus({ preventScroll: true });
}

// Only one number is a tab stop; the arrows move on from it.
function enter(number) {
  $$('.n[tabindex="0"]').forEach((other) => other.setAttribute("tabindex", "-1"));
  number.setAttribute("tabindex", "0");
}

function beside(number, by) {
  const numbers = $$("#document .n");
  const next = numbers[numbers.indexOf(number) + by];
  next?.focus();
}

function go(key) {
  const number = at(key)[0];
  if (!number) return;
  show([number]);
  enter(number);
}

// ---- the panel on a narrow screen ----

let foldedByHand = false;

function fold(isFolded) {
  $("#panel").classList.toggle("folded", isFolded);
  $("#fold").setAttribute("aria-expanded", String(!isFolded));
}

// Until somebody has folded or unfolded it, it takes room only for findings.
function foldIfUntouched() {
  if (!foldedByHand) fold(!$(".finding"));
}

// ---- hands ----

function onClick(event) {
  const hit = (selector) => event.target.closest(selector);
  if (hit(".n")) explain(hit(".n").dataset.at);
  else if (hit(".mark")) open($$(".finding").find((one) => one.dataset.spot === hit(".mark").dataset.spot));
  else if (hit(".finding > button")) {
    const finding = hit(".finding");
    if (finding === current) close();
    else open(finding);
  } else if (hit(".close")) closeNumber();
  else if (hit("[data-first]")) {
    const named = $$(".finding").find((one) => labelOf(one) === hit("[data-first]").dataset.first);
    if (named) open(named);
  } else if (hit("#fold")) {
    foldedByHand = true;
    fold(!$("#panel").classList.contains("folded"));
  }
  else if (hit("[data-go]")) {
    event.preventDefault();
    go(hit("[data-go]").dataset.go);
  } else if (hit(".severities button")) {
    const button = hit(".severities button");
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
    filter();
  }
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const number = event.target.closest?.(".n");
  const writes = event.target.matches?.("input");
  const acts = {
    Escape: () => {
      if (writes && event.target.value) event.target.value = "";
      else if (pressed) return closeNumber();
      else if (writes) event.target.blur();
      else close();
      filter();
    },
  };
  if (!writes) {
    acts.j = acts.n = () => step(1);
    acts.k = acts.p = () => step(-1);
    acts["/"] = () => {
      closeNumber({ focus: false });
      fold(false);
      $("#filter").focus();
    };
  }
  if (number) {
    acts.Enter = acts[" "] = () => explain(number.dataset.at);
    acts.ArrowRight = () => beside(number, 1);
    acts.ArrowLeft = () => beside(number, -1);
  }
  if (acts[event.key]) {
    event.preventDefault();
    acts[event.key]();
  }
}

if (document.body.classList.contains("document")) {
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  document.addEventListener("focusin", (event) => event.target.matches(".n") && enter(event.target));
  $("#filter").addEventListener("input", filter);
  addEventListener("resize", letScroll);
  listen((news) => news !== version && update());
} else {
  const refresh = oneAtATime(async () => {
    const answer = await fetch("rows");
    if (answer.ok) $("#rows").innerHTML = await answer.text();
  });
  listen(refresh);
}
