// The session form: choosing a slot clears times that stem from another slot, so that the new
// slot's times are taken. Everything else works without this script.
const form = document.querySelector("[data-session-form]");

if (form) {
  const slot = form.elements.namedItem("slot");
  const times = ["starts", "ends"].map((name) => form.elements.namedItem(name));
  slot.addEventListener("change", () => {
    if (slot.value) {
      times.forEach((field) => { field.value = ""; });
    }
  });
}
