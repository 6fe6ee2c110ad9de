// A page that shows how far some work is: what it shows is renewed twice a second, and the page is
// loaded again once the work is over. Without this script the page loads itself.
const shown = document.querySelector("[data-progress]");

async function renew() {
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-progress]");
    if (!fresh) {
      location.replace(location.href);
      return;
    }
    const bar = fresh.querySelector("progress");
    shown.querySelector("progress").value = bar.value;
    shown.querySelector("p").textContent = fresh.querySelector("p").textContent;
  } catch {
    // the line is away for a moment; the work goes on
  }
  setTimeout(renew, 500);
}

if (shown) {
  setTimeout(renew, 500);
}
