// The board's table, for the scripts that move sessions on it: which time a place stands for, and
// where a session goes. Times are steps of five minutes from the table's begin. The others find all
// of it at the element itself: board.table. Without script, the table is there to be read, and each
// session has a form.
const ROW = 6;
const board = document.querySelector("[data-board]");

function table(root) {
  const [first, rows, rooms] = root.dataset.frame.split("/");
  const columns = rooms.split(",");
  const body = root.querySelector(".hours tbody");
  const clocks = [...root.querySelectorAll("[data-clock]")].map((one) => one.dataset.clock);
  const heads = new Map([...root.querySelectorAll("[data-room]")].map((one) => [one.dataset.room, one]));
  const slots = [...root.querySelectorAll("td:nth-child(2) > [data-slot]")].map((one) => {
    const from = Number(one.dataset.row) * ROW + Number(one.dataset.at);
    return { name: one.dataset.name, from, to: from + length(one) };
  });
  const said = root.querySelector("[data-board-said]");
  const toast = document.querySelector("[data-board-toast]");
  let fading;

  function length(one) {
    return Number(one.dataset.tens) * 10 + Number(one.dataset.ones);
  }

  function clock(step) {
    const row = Math.min(Math.floor(step / ROW), clocks.length - 1);
    const [hour, minute] = clocks[Math.max(0, row)].split(":").map(Number);
    const all = (hour * 60 + minute + (step - row * ROW) * 5 + 1440) % 1440;
    return `${String(Math.floor(all / 60)).padStart(2, "0")}:${String(all % 60).padStart(2, "0")}`;
  }

  const self = {
    root,
    columns,
    steps: Number(rows) * ROW,
    seconds: (step) => Number(first) + step * 300,
    blocks: () => [...root.querySelectorAll("[data-session]")],
    block: (number) => root.querySelector(`#s${CSS.escape(number)}`),

    // Where a session is: its room and its steps; null in the tray.
    spot(block) {
      const cell = block.closest("td");
      if (!cell) return null;
      const [row, room] = cell.id.slice(1).split("-");
      const from = Number(row) * ROW + Number(block.dataset.at);
      return { room, from, to: from + length(block) };
    },

    // Which step and room lie under a point of the window; null outside of the table.
    under(x, y) {
      const area = body.getBoundingClientRect();
      const step = Math.floor(((y - area.top) / area.height) * self.steps);
      const room = columns.find((one) => {
        const head = heads.get(one).getBoundingClientRect();
        return x >= head.left && x < head.right;
      });
      return room !== undefined && step >= 0 && step < self.steps ? { room, step } : null;
    },

    stepHeight: () => body.getBoundingClientRect().height / self.steps,

    cell: ({ room, from }) => root.querySelector(`#${CSS.escape(`c${Math.floor(from / ROW)}-${room}`)}`),

    // Write a place into the attributes by which the stylesheet knows it.
    shape(one, { from, to }) {
      const height = Math.max(1, to - from);
      Object.assign(one.dataset, { at: from % ROW, tens: Math.floor(height / 10), ones: height % 10 });
    },

    put(block, place) {
      if (!place) return root.querySelector("[data-tray]").append(block);
      self.shape(block, place);
      Object.assign(block.dataset, { lane: 1, lanes: 1 });
      return self.cell(place).append(block);
    },

    // A place that lies within the table as a whole; long ones end with it.
    within({ room, from, to }) {
      const height = Math.min(to - from, self.steps);
      const start = Math.max(0, Math.min(from, self.steps - height));
      return { room, from: start, to: start + height };
    },

    slotAt: (block, place) => (block.dataset.kind === "talk_round"
      ? slots.filter((one) => one.from <= place.from && place.from < one.to).pop() : undefined),

    // What a place is called: "16:50–17:35, Akademie 2".
    words(block, place) {
      if (!place) return root.dataset.saidAside;
      const slot = self.slotAt(block, place);
      const { from, to } = slot ?? place;
      const where = self.fill("saidPlace", {
        time: `${clock(from)}–${clock(to)}`, room: heads.get(place.room).dataset.name,
      });
      return slot ? `${where}, ${self.fill("saidSlot", { slot: slot.name })}` : where;
    },

    clock,
    roomName: (room) => heads.get(room).dataset.name,

    fill(key, values) {
      return root.dataset[key].replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
    },

    say(text) {
      said.textContent = said.textContent === text ? `${text} ` : text;
    },

    // Said to everybody, not to readers of screens alone.
    show(text) {
      if (!text) return;
      self.say(text);
      toast.textContent = text;
      toast.hidden = false;
      clearTimeout(fading);
      fading = setTimeout(() => { toast.hidden = true; }, 6000);
    },

    // What a script adds to a session: a grip for fingers, and an edge to pull.
    dress(block) {
      for (const kind of ["grip", "edge"]) {
        if (block.querySelector(`.block__${kind}`)) continue;
        const part = document.createElement("span");
        part.className = `block__${kind}`;
        part.setAttribute("aria-hidden", "true");
        if (kind === "grip") block.prepend(part);
        else block.append(part);
      }
      block.setAttribute("role", "group");
      block.setAttribute("aria-label", `${block.dataset.name}, ${self.words(block, self.spot(block))}`);
      block.setAttribute("aria-describedby", "board-help");
      if (!block.hasAttribute("tabindex")) block.tabIndex = -1;
    },
  };
  return self;
}

if (board) {
  board.table = table(board);
  board.classList.add("board--live");
  board.table.blocks().forEach(board.table.dress);
}
