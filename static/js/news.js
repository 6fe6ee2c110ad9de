// What changes in the programme on the event's days is put into every page that is open, without a
// reload: a status that screen readers read out, and that never takes the focus. Without this script
// the page tells what had changed when it was loaded.
const PAUSE = 60_000;
const LONGEST_TIMER = 2 ** 31 - 1;
const place = document.querySelector("[data-news]");
let mark = "";

function put(text) {
  const fresh = new DOMParser().parseFromString(text, "text/html").body;
  const plain = (root) => root.textContent.replace(/\s+/g, " ").trim();
  if (plain(fresh) === plain(place)) return true;
  if (place.contains(document.activeElement)) return false; // somebody is about to follow a link
  place.replaceChildren(...fresh.childNodes);
  return true;
}

async function ask() {
  if (document.hidden) return;
  try {
    const answer = await fetch(place.dataset.news, {
      cache: "no-store",
      headers: mark ? { "If-None-Match": mark } : {},
    });
    if (answer.status === 200 && put(await answer.text())) mark = answer.headers.get("ETag") ?? "";
  } catch {
    // away for a while: the next time will tell
  }
}

function wait() {
  const now = Date.now();
  if (now >= Number(place.dataset.until)) return;
  const ahead = Number(place.dataset.from) - now;
  const pause = ahead > 0 ? Math.min(ahead, LONGEST_TIMER) : PAUSE;
  setTimeout(async () => {
    if (Date.now() >= Number(place.dataset.from)) await ask();
    wait();
  }, pause);
}

if (place) {
  wait();
  document.addEventListener("visibilitychange", () => {
    const now = Date.now();
    if (now >= Number(place.dataset.from) && now < Number(place.dataset.until)) ask();
  });
}
