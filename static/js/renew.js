// A page that tells how things stand asks now and then whether that is still so, and puts in what is
// new, part by part. It pauses while nobody sees it, leaves alone what somebody is just using, and
// says so when the connection is away. Without this script the page is as new as when it was loaded.
const PAUSE = 20_000;
const shown = document.querySelector("[data-renew]");
const away = document.querySelector("[data-away]");
let mark = shown?.dataset.mark;
let timer;

function partsOf(root) {
  return new Map([...root.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
}

function replace(old, fresh) {
  old.querySelectorAll("details").forEach((one, at) => {
    const same = fresh.querySelectorAll("details")[at];
    if (same) same.open = one.open;
  });
  old.replaceWith(fresh);
}

// Says whether all of it is shown now; what holds the focus waits for the next time.
function show(page) {
  const now = page.querySelector("[data-now]");
  if (!now || now.dataset.day !== shown.dataset.day) {
    location.reload(); // signed out, or another day: other headlines
    return false;
  }
  const old = partsOf(document);
  const fresh = partsOf(page);
  const used = (part) => part.contains(document.activeElement);
  const names = (parts) => [...parts.keys()].sort().join();
  if (names(old) !== names(fresh)) {
    if (used(shown)) return false;
    shown.replaceChildren(...now.childNodes);
    return true;
  }
  const waiting = [...fresh].filter(([name, part]) => {
    const plain = (one) => one.outerHTML.replaceAll(' open=""', "");
    if (plain(part) === plain(old.get(name))) return false;
    if (used(old.get(name))) return true;
    replace(old.get(name), part);
    return false;
  });
  return waiting.length === 0;
}

async function renew() {
  clearTimeout(timer);
  if (document.hidden) return;
  try {
    const answer = await fetch(shown.dataset.renew, {
      headers: { "If-None-Match": `"${mark}"`, "X-Renewal": "1" },
    });
    if (answer.status === 200) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (show(page)) mark = answer.headers.get("ETag").replaceAll(/^W\/|"/g, "");
    }
    away.hidden = answer.ok || answer.status === 304;
  } catch {
    away.hidden = false;
  }
  if (!away.hidden && !away.textContent) away.textContent = away.dataset.away;
  timer = setTimeout(renew, PAUSE);
}

if (shown) {
  timer = setTimeout(renew, PAUSE);
  document.addEventListener("visibilitychange", renew);
}
