// The screen in the foyer: lays out what is shown now page by page, in words large enough for the
// whole room, and goes on by the clock. It asks the server for news; while the network is away it
// keeps what it has, and says of when that is. The server's clock counts, not the device's.
const ASK_EVERY = 20_000;
const PATIENCE = 10_000;
const TICK = 1_000;
const AWAKE = 4_000;
const main = document.querySelector("[data-screen]");

let boards = [...main.querySelectorAll("[data-board]")];
let language = 0;
let pages = [];
let at = 0;
let shown = "";
let due = 0;
let paused = false;
let offset = 0; // how far the device's clock is behind the server's
let heard = Date.now();
let reached = true;
let mark = "";

const now = () => Date.now() + offset;
const part = (tag, name) => {
  const made = document.createElement(tag);
  made.className = name;
  return made;
};

const stage = part("section", "stage");
const head = part("header", "stage__head");
const heading = part("p", "stage__heading");
const time = part("p", "stage__clock");
const body = part("div", "stage__body");
const foot = part("footer", "stage__foot");
const title = part("h1", "stage__event");
const stand = part("p", "stage__stand");
const count = part("p", "stage__count");
const pause = part("button", "stage__pause");
pause.type = "button";
head.append(heading, time);
foot.append(title, stand, count, pause);
stage.append(head, body, foot);

// ---- What is to be shown ----

function visible(board) {
  const moment = now();
  return [...board.querySelectorAll("[data-slide]")].filter(
    ({ dataset: { since, until } }) =>
      !(since && moment < Number(since)) && !(until && moment >= Number(until)),
  );
}

function clock(moment) {
  return new Intl.DateTimeFormat("de", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: main.dataset.zone,
  }).format(moment);
}

// ---- Pages: as many slides as fit, and those too long for one page by words over several ----

function fits(above, nodes) {
  heading.textContent = above;
  body.replaceChildren(...nodes);
  return body.scrollHeight <= body.clientHeight && body.scrollWidth <= body.clientWidth;
}

function split(above, slide) {
  const found = [];
  let page = slide.cloneNode(false);
  const turn = () => {
    found.push(page);
    page = slide.cloneNode(false);
  };
  for (const line of slide.children) {
    let words = line.textContent.trim().split(/\s+/);
    while (words.length) {
      const piece = line.cloneNode(false);
      piece.dir = "auto";
      page.append(piece);
      const tells = (some) => {
        piece.textContent = words.slice(0, some).join(" ") + (some < words.length ? " …" : "");
        return fits(above, [page]);
      };
      let some = words.length;
      while (some > 1 && !tells(some)) some -= 1;
      if (!tells(some) && page.children.length > 1) {
        piece.remove();
        turn();
        continue;
      }
      words = words.slice(some);
      if (words.length) turn();
    }
  }
  return [...found, page].filter((one) => one.children.length);
}

function prepared(slide) {
  const copy = slide.cloneNode(true);
  copy.hidden = false;
  copy.removeAttribute("data-slide");
  copy.querySelector(".slide__heading").remove();
  return copy;
}

function pagesOf(board) {
  const found = [];
  for (const slide of visible(board)) {
    const above = slide.querySelector(".slide__heading").textContent;
    const node = prepared(slide);
    const last = found[found.length - 1];
    if (last?.heading === above && fits(above, [...last.nodes, node])) last.nodes.push(node);
    else if (fits(above, [node])) found.push({ heading: above, nodes: [node] });
    else found.push(...split(above, node).map((one) => ({ heading: above, nodes: [one] })));
  }
  return found.length ? found : [{ heading: "", nodes: [] }];
}

// ---- Showing them ----

function stay(page) {
  const words = page.nodes.map((one) => one.textContent).join(" ").split(/\s+/).length;
  return Math.max(6_000, 3_000 + words * 450); // so that everybody can read it twice
}

function signature() {
  return boards.map((board) => visible(board).map((one) => one.textContent).join()).join();
}

function show() {
  const page = pages[at];
  const board = boards[language];
  stage.lang = board.lang;
  heading.textContent = page.heading;
  body.replaceChildren(...page.nodes);
  stage.dataset.kind = page.nodes[0]?.className.replace(/.*slide--/, "") ?? "";
  title.textContent = board.getAttribute("aria-label");
  count.textContent = pages.length > 1 ? `${at + 1}/${pages.length}` : "";
  due = Date.now() + stay(page);
  tell();
}

function tell() {
  const board = boards[language].dataset;
  time.textContent = clock(now());
  stand.textContent = (reached ? board.stand : board.offline).replace("{time}", clock(heard));
  stage.classList.toggle("is-away", !reached);
  pause.textContent = paused ? board.goOn : board.pause;
  stage.dataset.drift = new Date(now()).getMinutes() % 4; // no letter stays on the same dots
}

function layOut(where) {
  stage.lang = boards[language].lang;
  shown = signature();
  pages = pagesOf(boards[language]);
  at = Math.min(where, pages.length - 1);
  show();
}

function tick() {
  if (signature() !== shown) layOut(0);
  else if (!paused && Date.now() >= due) {
    if (at + 1 < pages.length) {
      at += 1;
      show();
    } else {
      language = (language + 1) % boards.length;
      layOut(0);
    }
  } else tell();
}

// ---- News from the server ----

function take(text) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const found = [...fresh.querySelectorAll("[data-board]")];
  if (!found.length) throw new Error("somebody else's page");
  const addresses = (root) =>
    [...root.querySelectorAll("script[src], link[rel=stylesheet]")]
      .map((one) => one.getAttribute("src") ?? one.getAttribute("href"))
      .join();
  if (addresses(fresh) !== addresses(document)) location.reload(); // a newer program
  boards = found;
  language %= boards.length;
  if (signature() !== shown) layOut(0);
}

async function ask() {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const answer = await fetch(location.href, {
      cache: "no-store",
      headers: mark ? { "If-None-Match": mark } : {},
      signal: patience.signal,
    });
    if (!answer.ok && answer.status !== 304) throw new Error(String(answer.status));
    const said = Date.parse(answer.headers.get("Date") ?? "");
    if (said) offset = said - Date.now();
    if (answer.status === 200) {
      take(await answer.text());
      mark = answer.headers.get("ETag") ?? "";
    }
    heard = now();
    reached = true;
  } catch {
    reached = false;
  }
  clearTimeout(timer);
  tick();
  setTimeout(ask, ASK_EVERY);
}

// ---- The device ----

let sleep;
function wake() {
  document.body.classList.add("is-awake");
  clearTimeout(sleep);
  sleep = setTimeout(() => document.body.classList.remove("is-awake"), AWAKE);
}

function keepOn() {
  if (!document.hidden) navigator.wakeLock?.request("screen").catch(() => {});
}

pause.addEventListener("click", () => {
  paused = !paused;
  due = 0;
  tell();
});
document.addEventListener("pointermove", wake);
document.addEventListener("visibilitychange", keepOn);
window.addEventListener("resize", () => layOut(at));

main.hidden = true;
main.querySelectorAll("[data-board]").forEach((one) => one.remove());
document.body.classList.add("is-staged");
main.replaceChildren(stage);
main.hidden = false;
layOut(0);
document.fonts.ready.then(() => layOut(0));
keepOn();
setInterval(tick, TICK);
ask();
