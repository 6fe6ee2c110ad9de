// Shows what is asked under a condition only while the condition holds. Without this script all of
// it is shown, each with a sentence that says of whom it is asked; the server decides in any case.
const rows = [...document.querySelectorAll("[data-only-if]")];

function answers(name) {
  return [...document.getElementsByName(name)].flatMap((field) => {
    const isTick = field.type === "radio" || field.type === "checkbox";
    const isHidden = field.closest("[hidden]") !== null;
    return isHidden || (isTick && !field.checked) ? [] : [field.value];
  });
}

function show() {
  for (const row of rows) { // in the order of the form: what a hidden one asks for hides as well
    const wanted = row.dataset.onlyValue.split("|");
    row.hidden = !answers(row.dataset.onlyIf).some((value) => wanted.includes(value));
  }
}

for (const row of rows) {
  for (const note of row.querySelectorAll("[data-note]")) {
    note.hidden = true;
  }
}
document.addEventListener("change", show);
show();
