// Now and next: lines move on by the server's clock, the next one is counted down, and the page asks
// now and then for a newer plan. Without a connection it goes on with the plan it has, and says so.
const PAUSE = 15_000;
const FIRST_WAIT_WITHOUT_ANSWER = 8_000;
const HOUR = 3_600_000;
const LONGEST_COUNT = 12 * HOUR;
const page = document.querySelector("[data-show]");
const away = document.querySelector("[data-away]");
let moment = document.querySelector("[data-moment]");
let ahead = Number(moment?.dataset.server) - Date.now(); // of our clock: that of the server counts
let timer;

function inWords(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const clock = `${minutes}:${two(seconds % 60)}`;
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : clock;
}

// In which of the three lists each line belongs by now; those that are over in none.
function sorted(lines, now) {
  const coming = lines.filter((line) => Number(line.dataset.begins) > now);
  const first = Math.min(...coming.map((line) => Number(line.dataset.begins)));
  const place = (line) => {
    if (Number(line.dataset.begins) > now) return Number(line.dataset.begins) === first ? "next" : "later";
    return Number(line.dataset.until) > now ? "now" : "over";
  };
  return lines.map((line) => [line, place(line)]);
}

function count(line, place, now) {
  const words = place === "now" ? page.dataset.left : page.dataset.in;
  const until = Number(place === "now" ? line.dataset.until : line.dataset.begins) - now;
  const told = place === "now" || place === "next" ? until < LONGEST_COUNT : false;
  line.querySelector("[data-count]").textContent = told ? words.replace("{time}", inWords(until)) : "";
}

function show() {
  const now = Date.now() + ahead;
  const lines = [...moment.querySelectorAll("[data-cue]")];
  for (const [line, place] of sorted(lines, now)) {
    const list = moment.querySelector(`[data-list="${place}"]`);
    if (!list) line.remove();
    else if (line.parentElement !== list) list.append(line);
    if (list) count(line, place, now);
  }
  for (const none of moment.querySelectorAll("[data-none]")) {
    none.hidden = moment.querySelector(`[data-list="${none.dataset.none}"] li`) !== null;
  }
}

function take(fresh) {
  const used = moment.contains(document.activeElement) && document.activeElement.closest("[data-cue]");
  moment.replaceWith(fresh);
  moment = fresh;
  ahead = Number(fresh.dataset.server) - Date.now();
  if (used) fresh.querySelector(`[data-cue="${used.dataset.cue}"] a`)?.focus();
  document.querySelector("[data-as-of]").textContent = fresh.dataset.stamp;
}

async function renew() {
  clearTimeout(timer);
  if (document.hidden) return;
  const patience = new AbortController();
  const limit = setTimeout(() => patience.abort(), FIRST_WAIT_WITHOUT_ANSWER);
  let fresh = null;
  try {
    const answer = await fetch(page.dataset.show, { signal: patience.signal, cache: "no-store" });
    if (answer.status === 404 || answer.redirected) {
      location.reload(); // the link was closed, or nobody is signed in any more
      return;
    }
    if (answer.ok) {
      fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-moment]");
    }
  } catch {
    // the line is away: the plan that is there goes on
  }
  clearTimeout(limit);
  if (fresh) {
    take(fresh);
    show();
  }
  const words = fresh ? "" : away.dataset.away.replace("{time}", moment.dataset.stamp);
  if (away.textContent !== words) away.textContent = words;
  away.hidden = !words;
  timer = setTimeout(renew, PAUSE);
}

if (page) {
  show();
  setInterval(show, 1000);
  timer = setTimeout(renew, PAUSE);
  document.addEventListener("visibilitychange", renew);
  for (const event of ["online", "offline"]) window.addEventListener(event, renew);
}
