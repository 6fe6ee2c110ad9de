// Moves sessions by mouse, pen and finger: drag one to another time or room or into the tray, pull its
// lower edge to change its length. Fingers take it by its grip, so that the page can be scrolled.
// A click on an empty place begins a new session there.
const root = document.querySelector("[data-board]");
const table = root?.table;
const SLACK = 4;
const BORDER = 40;
let held = null;

function ghost() {
  const one = document.createElement("span");
  one.className = "ghost";
  one.setAttribute("aria-hidden", "true");
  return one;
}

function begin(event) {
  const block = event.target.closest?.("[data-session]");
  if (!block || event.button !== 0 || held || event.target.closest(".block__move")) return;
  const edge = event.target.closest(".block__edge");
  if (event.pointerType === "touch" && !edge && !event.target.closest(".block__grip")) return;
  const spot = table.spot(block);
  held = {
    block, spot, gesture: edge ? "pull" : "carry", x: event.clientX, y: event.clientY,
    id: event.pointerId, lives: false, wanted: spot, mark: ghost(),
    grabbed: edge || !spot ? 0 : Math.floor((event.clientY - block.getBoundingClientRect().top) / table.stepHeight()),
    height: spot ? spot.to - spot.from : Math.max(1, Math.ceil(block.dataset.minutes / 5)),
  };
  if (event.target.closest(".block__edge, .block__grip")) event.preventDefault();
}

function wanted(event) {
  const tray = root.querySelector("[data-tray]").getBoundingClientRect();
  const inTray = event.clientX >= tray.left && event.clientX < tray.right
    && event.clientY >= tray.top && event.clientY < tray.bottom;
  if (held.gesture === "carry" && inTray) return null;
  const point = table.under(event.clientX, event.clientY);
  if (held.gesture === "pull") {
    const moved = Math.round((event.clientY - held.y) / table.stepHeight());
    const to = Math.max(held.spot.from + 1, Math.min(held.spot.to + moved, table.steps));
    return { ...held.spot, to };
  }
  if (!point) return undefined;
  const from = point.step - held.grabbed;
  return table.within({ room: point.room, from, to: from + held.height });
}

function start() {
  held.lives = true;
  held.block.classList.add("block--drag");
  document.body.classList.add(held.gesture === "pull" ? "board--pulled" : "board--held");
  root.dispatchEvent(new CustomEvent("board:held"));
}

function scroll(event) {
  const area = root.querySelector("[data-board-scroll]");
  const frame = area.getBoundingClientRect();
  if (event.clientX > frame.right - BORDER) area.scrollLeft += 12;
  if (event.clientX < frame.left + BORDER) area.scrollLeft -= 12;
  if (event.clientY > innerHeight - BORDER) scrollBy(0, 12);
  if (event.clientY < BORDER) scrollBy(0, -12);
}

function mark(place) {
  root.querySelector("[data-tray]").classList.toggle("tray--over", place === null);
  if (!place) return held.mark.remove();
  const slot = held.gesture === "carry" ? table.slotAt(held.block, place) : undefined;
  const shown = slot ? { room: place.room, from: slot.from, to: slot.to } : place;
  table.shape(held.mark, shown);
  held.mark.textContent = `${table.clock(shown.from)}–${table.clock(shown.to)}`;
  return table.cell(shown)?.append(held.mark);
}

function drag(event) {
  if (!held || event.pointerId !== held.id) return;
  const far = Math.hypot(event.clientX - held.x, event.clientY - held.y) > SLACK;
  if (!held.lives && !far) return;
  if (!held.lives) start();
  event.preventDefault();
  held.wanted = wanted(event);
  mark(held.wanted);
  scroll(event);
}

function same(one, other) {
  return one === other || (one && other && one.room === other.room
    && one.from === other.from && one.to === other.to);
}

function end() {
  held.mark.remove();
  held.block.classList.remove("block--drag");
  document.body.classList.remove("board--held", "board--pulled");
  root.querySelector("[data-tray]").classList.remove("tray--over");
  const done = held;
  held = null;
  return done;
}

function drop(event) {
  if (!held || event.pointerId !== held.id) return;
  const { block, spot, gesture, lives, wanted: place } = end();
  if (!lives) return;
  block.addEventListener("click", (click) => click.preventDefault(), { once: true, capture: true });
  setTimeout(() => block.dispatchEvent(new Event("board:settled")), 0);
  if (place === undefined || same(place, spot)) return;
  if (place === null && block.dataset.fixed) {
    table.show(table.fill("saidFixed", { name: block.dataset.name }));
    return;
  }
  const slot = place && gesture === "carry" ? table.slotAt(block, place) : undefined;
  table.put(block, slot ? { ...place, from: slot.from, to: slot.to } : place);
  root.dispatchEvent(new CustomEvent("board:move", {
    detail: { number: block.dataset.session, place, gesture, undone: () => table.put(block, spot) },
  }));
}

function cancel(event) {
  if (held && (event.type === "pointercancel" || event.key === "Escape")) {
    if (event.type === "keydown" && held.lives) event.preventDefault();
    end();
  }
}

// An empty place: a quarter of an hour is shown under the pointer, a click begins a session there.
const hover = ghost();
hover.classList.add("ghost--add");

function empty(event) {
  if (held || event.pointerType === "touch") return null;
  const cell = event.target.closest?.(".hours td");
  if (!cell || event.target.closest("[data-session]")) return null;
  const point = table.under(event.clientX, event.clientY);
  return point && { room: point.room, from: point.step, to: Math.min(point.step + 3, table.steps) };
}

function hint(event) {
  const place = empty(event);
  if (!place) return hover.remove();
  table.shape(hover, place);
  hover.textContent = `+ ${table.clock(place.from)}`;
  return table.cell(place).append(hover);
}

function add(event) {
  const cell = event.target.closest?.(".hours td");
  if (!cell || event.target.closest("[data-session]")) return;
  const point = table.under(event.clientX, event.clientY);
  if (!point) return;
  const address = new URL(root.dataset.new, location.href);
  address.searchParams.set("at", table.seconds(point.step));
  address.searchParams.set("room", point.room);
  location.assign(address);
}

if (root) {
  root.addEventListener("pointerdown", begin);
  root.addEventListener("dragstart", (event) => event.preventDefault());
  root.addEventListener("pointermove", hint);
  root.querySelector(".hours").addEventListener("pointerleave", () => hover.remove());
  root.querySelector(".hours").addEventListener("click", add);
  document.addEventListener("pointermove", drag, { passive: false });
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", cancel);
  document.addEventListener("keydown", cancel);
}
