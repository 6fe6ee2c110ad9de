// The columns of a list: a step up or down moves the row at once and keeps the focus on the button.
// Without this script the page comes back with the row moved.
const list = document.querySelector("[data-columns]");

function move(row, direction) {
  const beside = direction === "up" ? row.previousElementSibling : row.nextElementSibling;
  if (beside) {
    list.insertBefore(direction === "up" ? row : beside, direction === "up" ? beside : row);
  }
}

list?.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=move]");
  if (!button) {
    return;
  }
  event.preventDefault();
  move(button.closest("li"), button.value.split(":")[0]);
  button.focus();
});
