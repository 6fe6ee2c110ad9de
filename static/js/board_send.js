// Tells the server of moves, undone and redone ones and suggestions taken, puts in what is otherwise
// then, and asks now and then what colleagues have changed.
const root = document.querySelector("[data-board]");
const table = root?.table;
const PAUSE = 4_000;
const LATER = 600;
const problem = document.querySelector("[data-board-problem]");
const steps = document.querySelector("[data-board-steps]");
const troubles = document.querySelector("[data-board-troubles]");
let timer;
let helping;
let sending = Promise.resolve();
let busy = 0;

function element(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  return page.body.firstElementChild;
}

function fragment(html) {
  return new DOMParser().parseFromString(html, "text/html").body.childNodes;
}

function signature(block) {
  const copy = block.cloneNode(true);
  copy.querySelectorAll(".block__grip, .block__edge").forEach((one) => one.remove());
  const shown = Object.entries(copy.dataset).sort().join();
  return `${shown}|${copy.className.replace(/ block--(held|told|drag|away)/g, "")}|${copy.innerHTML}`;
}

// Puts a session's card in its place, unless it looks the same there already or is being moved.
function place(number, { cell, html }, told) {
  const old = table.block(number);
  if (old?.classList.contains("block--held")) return;
  const home = document.getElementById(cell);
  if (!home) return void old?.remove();
  const fresh = element(html);
  if (old && old.parentElement === home && signature(old) === signature(fresh)) return;
  const focused = old !== null && old.contains(document.activeElement);
  const inside = focused && document.activeElement !== old ? document.activeElement.className : "";
  fresh.tabIndex = old?.tabIndex ?? -1;
  const after = [...home.querySelectorAll("[data-session]")].find((one) => one !== old
    && Number(one.dataset.at ?? 0) > Number(fresh.dataset.at ?? 0));
  old?.remove();
  home.insertBefore(fresh, after ?? null);
  table.dress(fresh);
  if (told) fresh.classList.add("block--told");
  if (focused) (inside ? fresh.querySelector(`.${inside.split(" ")[0]}`) ?? fresh : fresh).focus({ preventScroll: true });
}

function show(answer, told) {
  if (answer.reload) return void location.reload();
  answer.gone.forEach((number) => table.block(String(number))?.remove());
  if (answer.all) {
    table.blocks().filter((one) => !(one.dataset.session in answer.cards)
      && !one.classList.contains("block--held")).forEach((one) => one.remove());
  }
  Object.entries(answer.cards).forEach(([number, card]) => place(number, card, told));
  if (!troubles.contains(document.activeElement)) troubles.replaceChildren(...fragment(answer.troubles));
  const focused = steps.contains(document.activeElement)
    && document.activeElement.closest("[data-step]")?.dataset.step;
  steps.replaceChildren(...fragment(answer.steps));
  if (focused) {
    const same = steps.querySelector(`[data-step="${focused}"] button`);
    (same.disabled ? steps.querySelector("button:not(:disabled)") : same)?.focus();
  }
  root.dataset.mark = answer.mark;
  problem.replaceChildren(...fragment(answer.problem ?? ""));
  table.show(answer.said);
  root.dispatchEvent(new CustomEvent("board:shown", { detail: answer }));
  clearTimeout(helping);
  if (answer.hard) helping = setTimeout(help, LATER);
}

// What would help takes longer to find than a move may take: it comes a moment later.
async function help() {
  if (busy) return;
  const answer = await fetch(root.dataset.conflicts).catch(() => null);
  if (!answer?.ok || busy || troubles.contains(document.activeElement)) return;
  troubles.replaceChildren(...fragment(await answer.text()));
}

function context(fields) {
  ["frame", "day", "mark"].forEach((name) => fields.set(name, root.dataset[name]));
  return fields;
}

async function post(address, fields) {
  const answer = await fetch(address, {
    method: "POST", body: context(fields), headers: { Accept: "application/json" },
  });
  if (answer.redirected) return void location.reload(); // signed out
  if (answer.status === 404) {
    table.show(root.dataset.saidGone);
    await news("");
  } else if (answer.headers.get("Content-Type")?.startsWith("application/json")) {
    show(await answer.json());
  } else {
    location.reload();
  }
}

// One after the other: a second move counts on what the first has made of the version.
function send(address, fields, undone = () => {}) {
  busy += 1;
  sending = sending.then(() => post(address, fields())).catch(() => {
    undone();
    table.show(root.dataset.saidAway);
  }).finally(() => { busy -= 1; });
}

function move({ detail: { number, place: wanted, gesture, undone } }) {
  send(root.dataset.move, () => {
    const fields = new FormData(root.querySelector("[data-board-token]"));
    fields.set("session", number);
    fields.set("seen", table.block(number)?.dataset.version ?? 0);
    fields.set("gesture", gesture);
    if (wanted) {
      fields.set("starts", table.seconds(wanted.from));
      fields.set("ends", table.seconds(wanted.to));
      fields.set("room", wanted.room);
    }
    return fields;
  }, undone);
}

function submitted(event) {
  const form = event.target.closest("[data-step], [data-take]");
  if (!form) return;
  event.preventDefault();
  const fields = new FormData(form);
  send(form.action, () => fields);
}

async function news(mark = root.dataset.mark) {
  clearTimeout(timer);
  try {
    if (!document.hidden && !busy) {
      const address = new URL(root.dataset.news, location.href);
      context(address.searchParams);
      const answer = await fetch(address, {
        headers: { "If-None-Match": `"${mark}"`, Accept: "application/json" },
      });
      if (answer.redirected) return void location.reload();
      if (answer.status === 200 && !busy) show(await answer.json(), true);
    }
  } catch {
    // the next time may succeed; a move says so itself
  }
  timer = setTimeout(news, PAUSE);
}

function keys(event) {
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select");
  if (typing || event.altKey || !(event.ctrlKey || event.metaKey)) return;
  const key = event.key.toLowerCase();
  const which = { z: event.shiftKey ? "redo" : "undo", y: "redo" }[key];
  const button = which && steps.querySelector(`[data-step="${which}"] button:not(:disabled)`);
  if (!button) return;
  event.preventDefault();
  button.click();
}

if (root) {
  root.addEventListener("board:move", move);
  document.addEventListener("submit", submitted);
  document.addEventListener("keydown", keys);
  document.addEventListener("visibilitychange", () => news());
  timer = setTimeout(news, PAUSE);
}
