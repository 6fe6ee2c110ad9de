// Moves sessions by keyboard. Arrows lead from session to session; Enter or Space picks one up, then
// arrows move it by five minutes or a room, Shift and arrows change its end, Delete puts it aside,
// Enter drops it, Escape lets it be. What happens is said in words.
const root = document.querySelector("[data-board]");
const table = root?.table;
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
let held = null;

function current() {
  const active = document.activeElement;
  return active?.matches?.("[data-session]") && root.contains(active) ? active : null;
}

// One session is in the order of Tab at a time; arrows lead to the others.
function rove(block) {
  table.blocks().forEach((one) => { one.tabIndex = one === block ? 0 : -1; });
}

function first() {
  const blocks = table.blocks();
  if (blocks.length && !blocks.some((one) => one.tabIndex === 0)) blocks[0].tabIndex = 0;
}

function middle(block) {
  const area = block.getBoundingClientRect();
  return [(area.left + area.right) / 2, (area.top + area.bottom) / 2];
}

// The nearest session in a direction.
function beside(block, [right, down]) {
  const [x, y] = middle(block);
  const found = table.blocks().filter((one) => one !== block && one.offsetParent).map((one) => {
    const [left, top] = middle(one);
    const ahead = (left - x) * right + (top - y) * down;
    const aside = Math.abs((left - x) * down) + Math.abs((top - y) * right);
    return { one, ahead, far: ahead + 2 * aside };
  }).filter(({ ahead }) => ahead > 2).sort((a, b) => a.far - b.far);
  return found[0]?.one;
}

function pick(block) {
  const spot = table.spot(block);
  const height = Math.max(1, Math.ceil(block.dataset.minutes / 5));
  held = { block, spot, place: spot, gesture: "carry", height };
  block.classList.add("block--held");
  table.say(table.fill("saidPicked", { name: block.dataset.name, place: table.words(block, spot) }));
}

function release() {
  held.block.classList.remove("block--held");
  const done = held;
  held = null;
  return done;
}

function home(block, spot, lane) {
  table.put(block, spot);
  if (spot) Object.assign(block.dataset, lane);
}

function cancel() {
  const { block, spot, lane } = release();
  home(block, spot, lane);
  block.focus({ preventScroll: true });
  table.say(table.fill("saidCancelled", { name: block.dataset.name }));
}

function show(place) {
  held.place = place;
  table.put(held.block, place);
  held.block.focus({ preventScroll: true });
  held.block.scrollIntoView({ block: "nearest", inline: "nearest" });
  const words = held.gesture === "pull"
    ? table.fill("saidPlace", { time: `${table.clock(place.from)}–${table.clock(place.to)}`, room: table.roomName(place.room) })
    : table.words(held.block, place);
  table.say(words);
}

function nudge([right, down], pulls) {
  const old = held.place;
  if (!old) { // out of the tray: to the top of the first room
    const from = 0;
    return show(table.within({ room: table.columns[0], from, to: from + held.height }));
  }
  if (pulls && down) {
    held.gesture = held.gesture === "carry" && old === held.spot ? "pull" : held.gesture;
    const to = Math.max(old.from + 1, Math.min(old.to + down, table.steps));
    return show({ ...old, to });
  }
  const column = table.columns[table.columns.indexOf(old.room) + right] ?? old.room;
  const place = table.within({ room: column, from: old.from + down, to: old.to + down });
  if (!pulls && !(right && held.gesture === "pull" && column === old.room)) held.gesture = place.to - place.from === (held.spot ? held.spot.to - held.spot.from : held.height) ? "carry" : held.gesture;
  if (place.room === old.room && place.from === old.from) return table.say(root.dataset.saidEdge);
  return show(place);
}

function aside() {
  if (held.block.dataset.fixed) {
    table.say(table.fill("saidFixed", { name: held.block.dataset.name }));
    return;
  }
  held.place = null;
  table.put(held.block, null);
  held.block.focus({ preventScroll: true });
  table.say(table.words(held.block, null));
}

function drop() {
  const { block, spot, place, gesture, lane } = release();
  block.focus({ preventScroll: true });
  const same = spot === place || (spot && place && spot.room === place.room
    && spot.from === place.from && spot.to === place.to);
  if (same) return cancelled(block, spot, lane);
  return root.dispatchEvent(new CustomEvent("board:move", {
    detail: { number: block.dataset.session, place, gesture, undone: () => home(block, spot, lane) },
  }));
}

function cancelled(block, spot, lane) {
  home(block, spot, lane);
  table.say(table.fill("saidCancelled", { name: block.dataset.name }));
}

function pressed(event) {
  const block = current();
  if (!block || event.ctrlKey || event.metaKey || event.altKey) return;
  const arrow = ARROWS[event.key];
  const acts = {
    Enter: () => (held ? drop() : take(block)),
    " ": () => (held ? drop() : take(block)),
    Escape: () => held && cancel(),
    Delete: () => held && aside(),
  };
  if (arrow) {
    event.preventDefault();
    if (held) nudge(arrow, event.shiftKey);
    else beside(block, arrow)?.focus();
  } else if (event.key in acts) {
    event.preventDefault();
    acts[event.key]();
  }
}

function take(block) {
  const { lane, lanes } = block.dataset;
  pick(block);
  held.lane = { lane: lane ?? 1, lanes: lanes ?? 1 };
}

if (root) {
  first();
  root.addEventListener("keydown", pressed);
  root.addEventListener("focusin", (event) => {
    const block = event.target.closest("[data-session]");
    if (block) rove(block);
  });
  root.addEventListener("focusout", () => setTimeout(() => {
    if (held && document.hasFocus() && current() !== held.block) cancel();
  }, 0));
  root.addEventListener("board:shown", first);
  document.addEventListener("click", (event) => {
    const goal = event.target.closest("[data-goto]");
    const block = goal && table.block(goal.dataset.goto);
    if (!block) return;
    event.preventDefault();
    block.scrollIntoView({ block: "center", inline: "center" });
    block.focus();
  });
}
