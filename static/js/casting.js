// The podium by mouse: a place is dragged between two others, and the whole order is sent. The
// buttons beside each place do the same without this script.
for (const list of document.querySelectorAll("[data-podium]")) {
  const form = document.getElementById(list.dataset.podium);
  const places = () => [...list.querySelectorAll("[data-part]")];
  const order = () => places().map((place) => place.dataset.part).join(",");
  const before = order();
  let dragged = null;

  for (const place of places()) {
    place.draggable = true;
    place.addEventListener("dragstart", (event) => {
      dragged = place;
      place.classList.add("is-dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", place.dataset.part);
    });
    place.addEventListener("dragend", () => {
      place.classList.remove("is-dragged");
      dragged = null;
    });
  }
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-part]");
    if (!dragged) {
      return;
    }
    event.preventDefault();
    if (over && over !== dragged && list.contains(over)) {
      const box = over.getBoundingClientRect();
      const after = event.clientY > box.top + box.height / 2;
      list.insertBefore(dragged, after ? over.nextSibling : over);
    }
  });
  list.addEventListener("drop", (event) => {
    event.preventDefault();
    if (dragged && order() !== before) {
      form.elements.namedItem("order").value = order();
      form.submit();
    }
  });
}
