// The key "/" leads to the search field from anywhere; in what was found, the arrows lead from one
// to the next. Without this script all of it works with Tab and Enter.
const field = document.querySelector("[data-find]");
const links = [...document.querySelectorAll("[data-found] a")];
const TYPES = "input, textarea, select, [contenteditable]";

function typing(event) {
  return event.target instanceof Element && event.target.closest(TYPES) !== null;
}

function beside(event) {
  const at = links.indexOf(document.activeElement);
  if (at < 0 && event.target !== field) return null;
  const next = at + (event.key === "ArrowDown" ? 1 : -1);
  return next < 0 ? field : links[next];
}

document.addEventListener("keydown", (event) => {
  if (!field || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "/" && !typing(event) && field.offsetParent !== null) {
    event.preventDefault();
    field.focus();
    field.select();
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const other = beside(event);
  if (other) {
    event.preventDefault();
    other.focus();
  }
});
