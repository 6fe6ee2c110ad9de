// Shows while one types which sessions of the board have the words in their title or people.
const field = document.querySelector("[data-board-find]");
const root = document.querySelector("[data-board]");
const said = document.querySelector("[data-board-found]");

function find() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  root.querySelectorAll("[data-session]").forEach((block) => {
    const hit = words.every((word) => block.dataset.words.includes(word));
    block.classList.toggle("block--away", !hit);
    count += hit ? 1 : 0;
  });
  if (!words.length) said.textContent = "";
  else if (count) said.textContent = said.dataset.some.replace("{count}", count);
  else said.textContent = said.dataset.none;
}

if (field && root) {
  field.addEventListener("input", find);
  root.addEventListener("board:shown", () => { if (field.value.trim()) find(); });
  if (field.value.trim()) {
    const text = [...said.childNodes];
    find();
    said.replaceChildren(...text);
  }
}
