// The session form: choosing a slot clears times that stem from another slot, so that the new
// slot's times are taken; a kind that is no round leaves the slot that was offered for one.
// Everything else works without this script.
const form = document.querySelector("[data-session-form]");

if (form) {
  const slot = form.elements.namedItem("slot");
  const kind = form.elements.namedItem("kind");
  const times = ["starts", "ends"].map((name) => form.elements.namedItem(name));
  slot.addEventListener("change", () => {
    if (slot.value) {
      times.forEach((field) => { field.value = ""; });
    }
  });
  kind.addEventListener("change", () => {
    if (kind.value !== "talk_round") {
      slot.value = "";
    }
  });
}
